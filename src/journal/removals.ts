/** The removals of a journal: one file for each that was sent and has not been seen to end. */
import type { Kind } from "./entry";
import { removalAnswerTextOf, removalOf, removalTextOf } from "./entry-text";
import type { JournalOptions } from "./options";
import { type Ignored, readRemovals } from "./read-entries";
import { isForgotten, isSameRemoval, type Removal, type Removing, removalFileNameOf } from "./removal";
import { type NoteKeeper, SentRemoval } from "./sent-removal";

export class Removals {
  /** Files that are no notes of removals, although they have the name of one. */
  readonly ignored: readonly Ignored[];
  readonly #options: JournalOptions;
  readonly #keeper: NoteKeeper;

  /** Removes what nobody needs to know any more. */
  constructor(options: JournalOptions, attempt: (work: () => void) => void) {
    const { store, now } = options;
    this.#options = options;
    this.#keeper = {
      now,
      pathOf: (name) => store.pathOf(name),
      write: (name, removal) => store.write(name, removalTextOf(removal)),
      add: (name, removal) => {
        if (!store.extend(name, removalAnswerTextOf(removal))) store.write(name, removalTextOf(removal));
      },
      attempt,
      strike: (name, removal) => this.#strike(name, removal),
    };
    const { removals, ignored } = readRemovals(store);
    this.ignored = ignored;
    for (const [name, removal] of removals) {
      if (isForgotten(removal, now())) attempt(() => this.#strike(name, removal));
    }
  }

  begin(removing: Removing, expiresAfter: number): SentRemoval {
    const { server, scope, run, now, isRequired } = this.#options;
    const begun = now();
    const removal: Removal = { ...removing, server, ...scope, run, begun, expires: begun + expiresAfter };
    const name = removalFileNameOf(removal);
    if (isRequired) this.#keeper.write(name, removal);
    else this.#keeper.attempt(() => this.#keeper.write(name, removal));
    return new SentRemoval(this.#keeper, name, removal);
  }

  /** As the file says now. */
  find(kind: Kind, id: string): SentRemoval | undefined {
    const { server, now } = this.#options;
    const name = removalFileNameOf({ kind, server, id });
    const removal = this.#read(name);
    if (removal === undefined || isForgotten(removal, now())) return undefined;
    return new SentRemoval(this.#keeper, name, removal);
  }

  /** Whether a removal of one of that name was sent, and may still take effect. */
  isAwaited(kind: Kind, name: string): boolean {
    const { server, store, now } = this.#options;
    return readRemovals(store).removals.some(
      ([, each]) =>
        each.kind === kind &&
        each.name === name &&
        each.server.toLowerCase() === server.toLowerCase() &&
        now() < each.expires,
    );
  }

  #read(name: string): Removal | undefined {
    const found = this.#options.store.read(name);
    return found !== undefined && "text" in found ? removalOf(found.text) : undefined;
  }

  /** What another process has written there meanwhile stays. */
  #strike(name: string, removal: Removal): void {
    const present = this.#read(name);
    if (present !== undefined && isSameRemoval(present, removal)) this.#options.store.remove(name);
  }
}
