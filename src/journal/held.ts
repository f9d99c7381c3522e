/**
 * What states hold, as Terraform gave it to us: one file to which every process only adds lines, so that two at once do
 * not harm each other. Now and then it is written anew. A line that is lost on such an occasion does no lasting harm: the
 * next process is given the same states.
 */
import { isDeepStrictEqual } from "node:util";
import type { Facts, Kind } from "./entry";
import { idKey, objectKey } from "./object-key";
import type { Scope } from "./scope";
import type { Store } from "./store";

/** The file's name. */
export const HELD = "held";

/** An object, by what `terraform import` takes, and in whose state it is. */
export interface Holding extends Scope {
  readonly kind: Kind;
  readonly server: string;
  readonly id: string;
  readonly facts?: Facts | undefined;
}
type Held = Pick<Holding, "kind" | "server" | "id">;

/** What has gone of late: when, and what messages called it where that is known. */
interface Gone extends Held {
  readonly at: number;
  readonly name?: string | undefined;
}

/** More lines than this beside those that still mean something are too many. */
const SURPLUS = 1_000;
/** Milliseconds for which a state that was not written in time may still have what is gone, and a list may still show it. */
const RECENT = 60 * 60 * 1000;

/** What the file says. */
interface Known {
  readonly held: Map<string, Holding>;
  /** What has gone of late, and when: a state that is given to us once more does not bring it back. */
  readonly gone: Map<string, Gone>;
}

export class HeldIds {
  readonly #store: Store;
  readonly #now: () => number;
  #known: Known | undefined;

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** As the file says now. */
  find(held: Held): Holding | undefined {
    this.#known = this.#read();
    return this.#known.held.get(objectKey(held));
  }

  /** The servers, but for this one, of which a state has an object of that id. */
  otherServers({ kind, server, id }: Held): readonly string[] {
    const others = [...this.#once.held.values()].filter((each) => idKey(each.kind, each.id) === idKey(kind, id));
    return others.map((each) => each.server).filter((other) => other.toLowerCase() !== server.toLowerCase());
  }

  /** Whether it has gone of late, as this process or one before it has seen. */
  isGone(held: Held): boolean {
    const gone = this.#once.gone.get(objectKey(held));
    return gone !== undefined && this.#isRecent(gone);
  }

  add(holding: Holding): void {
    const { held } = this.#once;
    if (isDeepStrictEqual(held.get(objectKey(holding)), holding)) return;
    this.#store.append(HELD, JSON.stringify(holding));
    held.set(objectKey(holding), holding);
  }

  /** It has another id from now on. */
  remove(held: Held): void {
    if (!this.#once.held.delete(objectKey(held))) return;
    this.#store.append(HELD, JSON.stringify({ ...held, gone: true }));
  }

  /** Whether one of that name has gone within so many milliseconds. */
  hasGone({ kind, server, name }: Omit<Held, "id"> & { readonly name: string }, within: number): boolean {
    return [...this.#once.gone.values()].some(
      (gone) =>
        gone.kind === kind &&
        gone.server.toLowerCase() === server.toLowerCase() &&
        gone.name === name &&
        this.#now() - gone.at < within,
    );
  }

  /** It does not exist any more. @param name what messages called it */
  gone(held: Held, name?: string): void {
    if (!this.#once.held.delete(objectKey(held))) return;
    const gone = { ...held, at: this.#now(), name };
    this.#once.gone.set(objectKey(gone), gone);
    this.#store.append(HELD, goneLine(gone));
  }

  /** It is there all the same: what had it gone was mistaken. */
  back(held: Held): void {
    if (!this.#once.gone.delete(objectKey(held))) return;
    const { kind, server, id } = held;
    this.#store.append(HELD, JSON.stringify({ kind, server, id, back: true }));
  }

  get #once(): Known {
    this.#known ??= this.#read();
    return this.#known;
  }

  #read(): Known {
    const found = this.#store.read(HELD);
    const lines = found !== undefined && "text" in found ? found.text.split("\n").flatMap(parsed) : [];
    const known: Known = { held: new Map(), gone: new Map() };
    for (const { gone, back, name, ...holding } of lines) {
      const key = objectKey(holding);
      if (back) {
        known.gone.delete(key);
        continue;
      }
      if (gone === false) known.held.set(key, holding);
      else known.held.delete(key);
      const { kind, server, id } = holding;
      if (typeof gone === "number") known.gone.set(key, { kind, server, id, at: gone, name });
    }
    const recent = [...known.gone.values()].filter((gone) => this.#isRecent(gone));
    const rest = [...recent.map(goneLine), ...[...known.held.values()].map((holding) => JSON.stringify(holding))];
    if (lines.length > 2 * rest.length + SURPLUS) this.#store.write(HELD, rest.map((line) => `${line}\n`).join(""));
    return known;
  }

  #isRecent({ at }: { readonly at: number }): boolean {
    return this.#now() - at < RECENT;
  }
}

function goneLine({ at, ...held }: Gone): string {
  return JSON.stringify({ ...held, gone: new Date(at).toISOString() });
}

interface Line extends Holding {
  /** When, where that matters. */
  readonly gone: number | boolean;
  readonly name: string | undefined;
  /** Not gone after all, whoever holds it. */
  readonly back: boolean;
}

/** Nothing of a line that a killed process has not finished. */
function parsed(line: string): readonly Line[] {
  try {
    const { kind, server, id, workspace = "", stack = "", facts, gone = false, back = false, name } = JSON.parse(line);
    const at = typeof gone === "string" ? Date.parse(gone) : gone;
    return [{ kind, server, id, workspace, stack, ...(facts !== undefined && { facts }), gone: at, back, name }];
  } catch {
    return [];
  }
}
