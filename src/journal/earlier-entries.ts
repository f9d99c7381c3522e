/** The entries that others have written, as they were when this process began: each is looked for by what it is about. */
import type { Entry, Kind } from "./entry";
import { idKey } from "./object-key";

export type NamedEntry = readonly [file: string, entry: Entry];

export class EarlierEntries {
  readonly #entries: Map<string, Entry>;
  readonly #filesByObject: ReadonlyMap<string, readonly string[]>;

  constructor(entries: readonly NamedEntry[]) {
    this.#entries = new Map(entries);
    this.#filesByObject = filesByObject(entries);
  }

  get(file: string): Entry | undefined {
    return this.#entries.get(file);
  }

  delete(file: string): void {
    this.#entries.delete(file);
  }

  /** On whichever server. */
  ofObject(kind: Kind, id: string): readonly NamedEntry[] {
    return this.#named(this.#filesByObject.get(idKey(kind, id)));
  }

  #named(files: readonly string[] = []): readonly NamedEntry[] {
    return files.flatMap((file) => {
      const entry = this.#entries.get(file);
      return entry === undefined ? [] : [[file, entry] as const];
    });
  }
}

function filesByObject(entries: readonly NamedEntry[]): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, string[]>();
  for (const [file, { kind, id }] of entries) {
    if (id === undefined) continue;
    const key = idKey(kind, id);
    const known = files.get(key);
    if (known === undefined) files.set(key, [file]);
    else known.push(file);
  }
  return files;
}
