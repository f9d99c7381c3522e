/** The entries that others have written, as they were when this process began: each is looked for by what it is about. */
import type { Entry, Kind } from "./entry";

export type NamedEntry = readonly [file: string, entry: Entry];

export class EarlierEntries {
  readonly #entries: Map<string, Entry>;
  readonly #filesByObject: ReadonlyMap<string, readonly string[]>;

  constructor(entries: readonly NamedEntry[]) {
    this.#entries = new Map(entries);
    this.#filesByObject = filesBy(entries, ({ kind, id }) => id && keyOf(kind, id));
  }

  get(file: string): Entry | undefined {
    return this.#entries.get(file);
  }

  delete(file: string): void {
    this.#entries.delete(file);
  }

  /** On whichever server. */
  ofObject(kind: Kind, id: string): readonly NamedEntry[] {
    return this.#named(this.#filesByObject.get(keyOf(kind, id)));
  }

  #named(files: readonly string[] = []): readonly NamedEntry[] {
    return files.flatMap((file) => {
      const entry = this.#entries.get(file);
      return entry === undefined ? [] : [[file, entry] as const];
    });
  }
}

/** Servers write the letters of an id in either case. */
export const keyOf = (kind: Kind, id: string): string => `${kind} ${id.toLowerCase()}`;

function filesBy(entries: readonly NamedEntry[], keyOf: (entry: Entry) => string | undefined) {
  const files = new Map<string, string[]>();
  for (const [file, entry] of entries) {
    const key = keyOf(entry);
    if (key === undefined) continue;
    const known = files.get(key);
    if (known === undefined) files.set(key, [file]);
    else known.push(file);
  }
  return files;
}
