/** Small texts by name. */
export interface Store {
  /** What messages call the whole: a folder. */
  readonly location: string;
  /** What messages call one of them: a file. */
  pathOf(name: string): string;
  names(): readonly string[];
  /** Undefined where there is none of that name. */
  read(name: string): Found | undefined;
  /** Replaces it as a whole, or not at all. */
  write(name: string, text: string): void;
  remove(name: string): void;
  /** Adds a line, whoever else adds some at the same time. */
  append(name: string, line: string): void;
  /** The same on a line of its own, whatever is before it, but only where there is a text: false where there is none. */
  extend(name: string, line: string): boolean;
}

export type Found =
  | { readonly text: string }
  /** Something that is not to be trusted, and why. */
  | { readonly unusable: string };

/** Ends with the process. */
export class MemoryStore implements Store {
  readonly location = "memory";
  readonly #texts = new Map<string, string>();

  pathOf(name: string): string {
    return `${this.location}/${name}`;
  }

  names(): readonly string[] {
    return [...this.#texts.keys()];
  }

  read(name: string): Found | undefined {
    const text = this.#texts.get(name);
    return text === undefined ? undefined : { text };
  }

  write(name: string, text: string): void {
    this.#texts.set(name, text);
  }

  remove(name: string): void {
    this.#texts.delete(name);
  }

  append(name: string, line: string): void {
    this.#texts.set(name, `${this.#texts.get(name) ?? ""}${line}\n`);
  }

  extend(name: string, line: string): boolean {
    const isThere = this.#texts.has(name);
    if (isThere) this.append(name, `\n${line}`);
    return isThere;
  }
}
