/**
 * What states hold, as Terraform gave it to us: one file to which every process only adds lines, so that two at once do
 * not harm each other. Now and then it is written anew. A line that is lost on such an occasion does no lasting harm: the
 * next process is given the same states.
 */
import { isDeepStrictEqual } from "node:util";
import type { Facts, Kind } from "./entry";
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

/** More lines than this beside those that still mean something are too many. */
const SURPLUS = 1_000;

export class HeldIds {
  readonly #store: Store;
  #known: Map<string, Holding> | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** As the file says now. */
  find(held: Held): Holding | undefined {
    this.#known = this.#read();
    return this.#known.get(keyOf(held));
  }

  add(holding: Holding): void {
    if (isDeepStrictEqual(this.#once.get(keyOf(holding)), holding)) return;
    this.#store.append(HELD, JSON.stringify(holding));
    this.#once.set(keyOf(holding), holding);
  }

  remove(held: Held): void {
    if (!this.#once.delete(keyOf(held))) return;
    this.#store.append(HELD, JSON.stringify({ ...held, gone: true }));
  }

  get #once(): Map<string, Holding> {
    this.#known ??= this.#read();
    return this.#known;
  }

  #read(): Map<string, Holding> {
    const found = this.#store.read(HELD);
    const lines = found !== undefined && "text" in found ? found.text.split("\n").flatMap(parsed) : [];
    const known = new Map<string, Holding>();
    for (const { gone, ...holding } of lines) {
      if (gone) known.delete(keyOf(holding));
      else known.set(keyOf(holding), holding);
    }
    if (lines.length > 2 * known.size + SURPLUS) {
      this.#store.write(HELD, [...known.values()].map((holding) => `${JSON.stringify(holding)}\n`).join(""));
    }
    return known;
  }
}

interface Line extends Holding {
  readonly gone: boolean;
}

/** Nothing of a line that a killed process has not finished. */
function parsed(line: string): readonly Line[] {
  try {
    const { kind, server, id, workspace = "", stack = "", facts, gone = false } = JSON.parse(line);
    return [{ kind, server, id, workspace, stack, ...(facts !== undefined && { facts }), gone }];
  } catch {
    return [];
  }
}

const keyOf = ({ kind, server, id }: Held): string => JSON.stringify([kind, server.toLowerCase(), id]);
