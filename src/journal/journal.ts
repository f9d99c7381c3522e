/**
 * What this workspace has begun and not seen end. Whoever makes something on the Integration Server writes it down before
 * the request leaves, so that whatever is killed when, a later run knows that the object is ours. It is struck out when
 * Terraform is known to have stored the object, when nothing came of it, and when it was removed. Whoever removes something does
 * the same, so that a later run knows that what it is still shown may be gone.
 */

import { EarlierEntries } from "./earlier-entries";
import {
  type Entry,
  type Facts,
  fileNameOf,
  isSameEntry,
  type Kind,
  type Standing,
  type Subject,
  standingOf,
} from "./entry";
import { answerTextOf, entryOf, textOf } from "./entry-text";
import type { Fingerprint } from "./fingerprint";
import { HELD, HeldIds, type Holding } from "./held";
import { idKey } from "./object-key";
import type { JournalOptions } from "./options";
import { entriesIn, type Ignored, readEntries } from "./read-entries";
import type { Removing } from "./removal";
import { Removals } from "./removals";
import type { SentRemoval } from "./sent-removal";
import { type EntryKeeper, Started } from "./started";

/** What is made, before it has an id. */
export type Making = Pick<Subject, "kind" | "place">;

/** What is about to be made. */
export interface Beginning extends Making {
  readonly name: string;
  readonly fingerprint: Fingerprint;
  /** Milliseconds after which an object that appears without an answer is taken for somebody else's. */
  readonly expiresAfter: number;
}

/** Whose an object is: this process has made or adopted it, the state that this process works on has it, or another one. */
export type Holder = "this run" | "this state" | Holding;

export class Journal {
  /** Where it is, for messages. */
  readonly location: string;
  /** The file of what states hold, for messages. */
  readonly heldFile: string;
  /** Files that are no entries, which nobody reads. */
  readonly ignored: readonly Ignored[];
  readonly #options: JournalOptions;
  readonly #held: HeldIds;
  readonly #removals: Removals;
  /** What others have begun, as it was when this process began. */
  readonly #earlier: EarlierEntries;
  /** The entries that this process has written or asked for. */
  readonly #taken = new Set<string>();
  /** The files of what was left to Terraform as tainted, and is in a state that this process was given. */
  readonly #tainted = new Set<string>();
  /** What this process has removed before its successor was made, and a state still has. */
  readonly #cleared = new Set<string>();
  /** What this process has made or adopted. */
  readonly #given = new Map<string, Facts | undefined>();
  readonly #keeper: EntryKeeper;

  /** @throws Error of Node.js when the store cannot be read */
  constructor(options: JournalOptions) {
    const { store, now, run } = options;
    this.#options = options;
    this.#held = new HeldIds(store, now);
    this.#removals = new Removals(options, (work) => this.#attempt(work));
    this.location = store.location;
    this.heldFile = store.pathOf(HELD);
    const { entries, ignored } = readEntries(store);
    this.#earlier = new EarlierEntries(entries);
    this.ignored = [...ignored, ...this.#removals.ignored];
    this.#keeper = {
      run,
      now,
      pathOf: (name) => store.pathOf(name),
      write: (name, entry) => store.write(name, textOf(entry)),
      add: (name, entry) => {
        if (!store.extend(name, answerTextOf(entry))) store.write(name, textOf(entry));
      },
      attempt: (work) => this.#attempt(work),
      strike: (name, entry) => this.#strike(name, entry),
      give: (kind, id, facts) => this.give(kind, id, facts),
    };
  }

  /**
   * What an earlier process, or one that runs at the same time, has begun of the same object. Told once: what is made of it
   * is up to whoever asks first.
   */
  takeEarlier(making: Making): Started | undefined {
    const name = this.#nameOf(making);
    if (this.#taken.has(name)) return undefined;
    const entry = this.#read(name);
    this.#take(name);
    return entry && new Started(this.#keeper, name, entry);
  }

  /** Whether there is something to be taken, now or by somebody else. */
  hasEarlier(making: Making): boolean {
    return this.#read(this.#nameOf(making)) !== undefined;
  }

  /** The standing of an earlier entry of the same object, which stays for whoever asks for it. */
  earlierStanding(making: Making): Standing | undefined {
    const entry = this.#read(this.#nameOf(making));
    return entry && standingOf(entry, this.#options.now());
  }

  /**
   * Writes down what is about to be made; to be called right before the request leaves.
   *
   * @throws Error of Node.js when a journal that is required cannot be written: nothing must be sent, then
   */
  begin({ kind, place, name, fingerprint, expiresAfter }: Beginning): Started {
    const { server, scope, run, now } = this.#options;
    const begun = now();
    const entry = { kind, server, ...scope, place, name, fingerprint, run, begun, expires: begun + expiresAfter };
    const file = this.#nameOf(entry);
    const started = new Started(this.#keeper, file, entry);
    if (this.#options.isRequired) this.#keeper.write(file, entry);
    else this.#attempt(() => this.#keeper.write(file, entry));
    this.#take(file);
    return started;
  }

  /**
   * Writes down what is about to be removed; to be called right before the request leaves.
   *
   * @param expiresAfter milliseconds after which a removal that nobody has answered is not expected to take effect any more
   * @throws Error of Node.js as `begin`
   */
  beginRemoval(removing: Removing, expiresAfter: number): SentRemoval {
    return this.#removals.begin(removing, expiresAfter);
  }

  /**
   * What is known of the object's removal, whichever process has sent it: as long as that is not over, whatever shows the
   * object may show the past. "ended" where the object has gone of late, so that a state that was not written in time may
   * still have it.
   */
  removalOf(kind: Kind, id: string): SentRemoval | "ended" | undefined {
    const { server } = this.#options;
    return this.#removals.find(kind, id) ?? (this.#held.isGone({ kind, server, id }) ? "ended" : undefined);
  }

  /**
   * Whether an object of that name is about to go, or has gone within so many milliseconds, because a run of this workspace has removed it:
   * the server may go on having it for a while.
   */
  isLeaving(kind: Kind, name: string, within: number): boolean {
    const { server } = this.#options;
    return this.#removals.isAwaited(kind, name) || this.#held.hasGone({ kind, server, name }, within);
  }

  /**
   * Terraform has stored the object in a state of this workspace and stack, as an earlier process returned it.
   *
   * @param facts what others may want to know of it
   */
  stored(kind: Kind, id: string, facts?: Facts): void {
    const { server, scope } = this.#options;
    for (const [file, entry] of this.#earlier.ofObject(kind, id)) if (this.#isHere(entry)) this.#isStored(file, entry);
    this.#attempt(() => this.#held.add({ kind, server, id, ...scope, ...(facts && { facts }) }));
  }

  /** The same of an object of which no more is known than the task that makes it. */
  storedTask(making: Making, taskId: string): void {
    const file = this.#nameOf(making);
    const entry = this.#earlier.get(file);
    if (entry?.taskId === taskId) this.#isStored(file, entry);
  }

  /** Terraform plans to make an object: what was left of an earlier one is in no state any more, unless this process was given that. */
  planned(making: Making): void {
    const file = this.#nameOf(making);
    const entry = this.#read(file);
    const isNews = entry?.left !== undefined && entry.plannedBy === undefined && !this.#tainted.has(file);
    if (isNews) this.#attempt(() => this.#keeper.write(file, { ...entry, plannedBy: this.#options.run }));
  }

  /** Terraform plans with the object as it is: where it was tainted, it is so no more. */
  keep(kind: Kind, id: string): void {
    for (const [file, entry] of this.#earlier.ofObject(kind, id)) {
      if (entry.left !== undefined && this.#isHere(entry)) this.#attempt(() => this.#strike(file, entry));
    }
  }

  /** The same of an object of whose entry no more may be known than the task that makes it. */
  keepTask(making: Making, taskId: string): void {
    const file = this.#nameOf(making);
    const entry = this.#earlier.get(file);
    if (entry?.left !== undefined && entry.taskId === taskId) this.#attempt(() => this.#strike(file, entry));
  }

  /** The object was removed to make room for its successor. Its state is removed later, when its id may be another one's. */
  cleared(kind: Kind, id: string): void {
    this.#cleared.add(idKey(kind, id));
    this.gone(kind, id);
  }

  /** Whether nothing but its state is left to remove of an object: told once. */
  takeCleared(kind: Kind, id: string): boolean {
    const wasCleared = this.#cleared.delete(idKey(kind, id));
    // This process was given its state once more.
    if (wasCleared) this.#attempt(() => this.#held.remove({ kind, server: this.#options.server, id }));
    return wasCleared;
  }

  /** The object was removed, or has been found gone. */
  gone(kind: Kind, id: string): void {
    const { server, store } = this.#options;
    this.#given.delete(idKey(kind, id));
    this.#attempt(() => {
      for (const [file, entry] of entriesIn(store)) {
        const isIt = entry.id !== undefined && idKey(entry.kind, entry.id) === idKey(kind, id);
        if (isIt && this.#isHere(entry)) this.#strike(file, entry);
      }
      const removal = this.#removals.find(kind, id);
      removal?.end();
      this.#held.gone({ kind, server, id }, removal?.removal.name);
    });
  }

  /** The same of an object of whose entry no more may be known than the task that has made it. */
  goneTask(making: Making, taskId: string): void {
    const file = this.#nameOf(making);
    this.#attempt(() => {
      const entry = this.#read(file);
      if (entry?.taskId === taskId) this.#strike(file, entry);
    });
  }

  /** An object that was taken for gone is there all the same. */
  back(kind: Kind, id: string): void {
    const { server } = this.#options;
    this.#attempt(() => this.#held.back({ kind, server, id }));
  }

  /** The object of a state is known by another id from now on. */
  leaveId(kind: Kind, id: string): void {
    const { server } = this.#options;
    this.#given.delete(idKey(kind, id));
    this.#attempt(() => this.#held.remove({ kind, server, id }));
  }

  /** Remembers, as long as this process lives, that an object without an entry is one of this run's. */
  give(kind: Kind, id: string, facts?: Facts): void {
    this.#given.set(idKey(kind, id), facts);
  }

  /** What was said of an object that this run has made, or that a state holds. */
  factsOf(kind: Kind, id: string): Facts | undefined {
    return this.#given.get(idKey(kind, id)) ?? this.#held.find({ kind, server: this.#options.server, id })?.facts;
  }

  /** In whose state the object is, as far as is known here. */
  holderOf(kind: Kind, id: string): Holder | undefined {
    if (this.#given.has(idKey(kind, id))) return "this run";
    const { server, scope } = this.#options;
    const holding = this.#held.find({ kind, server, id });
    const isOurs = holding?.workspace === scope.workspace && holding.stack === scope.stack;
    return isOurs ? "this state" : holding;
  }

  /** Other Integration Servers, as host:port, on which an object of that id was made, or is held by a state, as far as is known here. */
  otherServersOf(kind: Kind, id: string): readonly string[] {
    const { server } = this.#options;
    const made = this.#earlier.ofObject(kind, id).map(([, entry]) => entry);
    const others = made.filter((entry) => !this.#isHere(entry)).map((entry) => entry.server);
    return [...new Set([...others, ...this.#held.otherServers({ kind, server, id })])];
  }

  /** Of what is tainted the entry goes on telling what holds the name. */
  #isStored(file: string, entry: Entry): void {
    if (entry.left === undefined) {
      this.#attempt(() => this.#strike(file, entry));
      return;
    }
    this.#tainted.add(file);
    const stored = { ...entry, isStored: true, plannedBy: undefined };
    this.#attempt(() => this.#keeper.write(file, stored));
  }

  #nameOf({ kind, place }: Making): string {
    const { server, scope } = this.#options;
    return fileNameOf({ kind, server, place }, scope);
  }

  #take(name: string): void {
    this.#taken.add(name);
    this.#earlier.delete(name);
  }

  #isHere({ server }: Entry): boolean {
    return server.toLowerCase() === this.#options.server.toLowerCase();
  }

  #read(name: string): Entry | undefined {
    const found = this.#options.store.read(name);
    return found !== undefined && "text" in found ? entryOf(found.text) : undefined;
  }

  /** What another process has written there meanwhile stays. */
  #strike(name: string, entry: Entry): void {
    const present = this.#read(name);
    if (present !== undefined && isSameEntry(present, entry)) this.#options.store.remove(name);
    this.#earlier.delete(name);
    if (entry.id !== undefined) this.#given.delete(idKey(entry.kind, entry.id));
  }

  #attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#options.report(error);
    }
  }
}
