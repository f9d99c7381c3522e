/** The fields that came lately, the newest first (RFC 7541, sections 2.3.2 and 4). */
import type { Field } from "./field";

export class DynamicTable {
  /** The oldest first, so that adding is cheap. */
  readonly #fields: Field[] = [];
  #size = 0;

  /** @param maxSize of its fields together, as `Field.size` counts */
  constructor(private maxSize: number) {}

  /** @param index 1 for the newest */
  get(index: number): Field | undefined {
    return this.#fields[this.#fields.length - index];
  }

  /** A field that is larger than the table empties it: section 4.4. */
  add(field: Field): void {
    this.#evict(this.maxSize - field.size);
    if (field.size > this.maxSize) return;
    this.#fields.push(field);
    this.#size += field.size;
  }

  resize(maxSize: number): void {
    this.maxSize = maxSize;
    this.#evict(maxSize);
  }

  #evict(size: number): void {
    while (this.#size > size) {
      const oldest = this.#fields.shift();
      if (oldest === undefined) return;
      this.#size -= oldest.size;
    }
  }
}
