/** Reads header blocks (RFC 7541). */
import { DynamicTable } from "./dynamic-table";
import { type Field, field } from "./field";
import { HpackError } from "./hpack-error";
import { decodeHuffman } from "./huffman";
import { STATIC_TABLE } from "./static-table";

/** The size of the dynamic table where nothing else was agreed on: RFC 9113, section 6.5.2. */
const TABLE_SIZE = 4096;
/** Larger numbers than any that can be right; section 5.1 has the decoder set a limit. */
const MAX_INTEGER = 2 ** 24;

export interface DecoderOptions {
  /** The most that one block's fields may take together, as `Field.size` counts. */
  readonly maxListSize: number;
}

export class HpackDecoder {
  readonly #table = new DynamicTable(TABLE_SIZE);
  readonly #maxListSize: number;
  #block: Buffer = Buffer.alloc(0);
  #position = 0;

  constructor({ maxListSize }: DecoderOptions) {
    this.#maxListSize = maxListSize;
  }

  /** @throws HpackError when the block is not one */
  decode(block: Buffer): readonly Field[] {
    this.#block = block;
    this.#position = 0;
    const fields: Field[] = [];
    let size = 0;
    while (this.#position < block.length) {
      const decoded = this.#representation(fields.length === 0);
      if (decoded === undefined) continue;
      fields.push(decoded);
      size += decoded.size;
      if (size > this.#maxListSize) throw new HpackError(`a header has more than ${this.#maxListSize} bytes`);
    }
    return fields;
  }

  /** One field, or undefined for a change of the table's size. */
  #representation(isFirst: boolean): Field | undefined {
    const [byte = 0] = this.#block.subarray(this.#position, this.#position + 1);
    // Section 6.1: a field that is in a table.
    if (byte & 0x80) return this.#indexed(this.#integer(7));
    // Section 6.2.1: a literal that goes into the table.
    if (byte & 0x40) {
      const literal = this.#literal(this.#integer(6));
      this.#table.add(literal);
      return literal;
    }
    // Section 6.3, and 4.2 about its place.
    if (byte & 0x20) {
      if (!isFirst) throw new HpackError("the table's size changes in the middle of a block");
      const size = this.#integer(5);
      if (size > TABLE_SIZE) throw new HpackError(`a table of ${size} bytes is larger than agreed`);
      this.#table.resize(size);
      return undefined;
    }
    // Sections 6.2.2 and 6.2.3: a literal that does not.
    return this.#literal(this.#integer(4));
  }

  #indexed(index: number): Field {
    const found = index <= STATIC_TABLE.length ? STATIC_TABLE[index - 1] : this.#table.get(index - STATIC_TABLE.length);
    if (found === undefined) throw new HpackError(`no field has index ${index}`);
    return found;
  }

  /** @param nameIndex 0 where the name follows */
  #literal(nameIndex: number): Field {
    const name = nameIndex === 0 ? this.#text() : this.#indexed(nameIndex).name;
    return field(name, this.#text());
  }

  /** Section 5.2. */
  #text(): string {
    const isHuffman = ((this.#block[this.#position] ?? 0) & 0x80) !== 0;
    const length = this.#integer(7);
    const start = this.#position;
    if (start + length > this.#block.length) throw new HpackError("the block ends inside of a text");
    this.#position += length;
    return isHuffman
      ? decodeHuffman(this.#block.subarray(start, this.#position))
      : this.#block.toString("latin1", start, this.#position);
  }

  /** Section 5.1. */
  #integer(prefixBits: number): number {
    const most = 2 ** prefixBits - 1;
    let value = this.#byte() & most;
    if (value < most) return value;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#byte();
      value += (byte & 0x7f) * factor;
      if (value > MAX_INTEGER || factor > MAX_INTEGER) throw new HpackError("a number is too large");
      if ((byte & 0x80) === 0) return value;
    }
  }

  #byte(): number {
    const byte = this.#block[this.#position++];
    if (byte === undefined) throw new HpackError("the block ends inside of a number");
    return byte;
  }
}
