/**
 * Looks at JSON while it arrives, so that nothing is built of what is too much: deep nesting exhausts the stack of whoever
 * walks through it, and a few bytes each make values that take fifty times as much memory. It also finds where what is long
 * can be cut.
 */
import type { LongArray } from "./json-slices";

/** The documents' deepest answer, a task with its steps, has eight levels. */
const DEEPEST = 100;
/** An inventory of 20 MB has about that many: half a second's work. So many that shall be as slow as can be take a second. */
const MOST_VALUES = 1_300_000;
/** Bytes between two cuts: some milliseconds' work. */
const SLICE = 262_144;
/** The document itself is an array, or an object with arrays. */
const DEEPEST_LONG_ARRAY = 2;

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
const [OPENING_BRACKET, CLOSING_BRACKET, OPENING_BRACE, CLOSING_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];

interface OpenArray {
  readonly depth: number;
  readonly start: number;
  readonly cuts: number[];
  /** Where the next cut may be. */
  next: number;
}

export class JsonMeter {
  /** Those that have ended, in order. */
  readonly longArrays: LongArray[] = [];
  readonly #slice: number;
  #open: OpenArray | undefined;
  #passed = 0;
  #depth = 0;
  #values = 0;
  #isInString = false;
  #isEscaped = false;

  /** @param slice the least bytes between two cuts */
  constructor(slice = SLICE) {
    this.#slice = slice;
  }

  /** @returns what there is too much of by now, if anything: continues "got …" */
  read(bytes: Uint8Array): string | undefined {
    let [depth, deepest, values] = [this.#depth, 0, this.#values];
    let [isInString, isEscaped] = [this.#isInString, this.#isEscaped];
    for (let index = 0; index < bytes.length; index += 1) {
      const byte = bytes[index];
      if (isEscaped) {
        isEscaped = false;
      } else if (isInString) {
        if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) isInString = false;
      } else if (byte === QUOTE) {
        isInString = true;
      } else if (byte === COMMA) {
        values += 1;
        if (depth === this.#open?.depth) this.#mayCut(this.#open, this.#passed + index);
      } else if (byte === OPENING_BRACKET || byte === OPENING_BRACE) {
        values += 1;
        depth += 1;
        if (depth > deepest) deepest = depth;
        if (depth <= DEEPEST_LONG_ARRAY && byte === OPENING_BRACKET) this.#opens(depth, this.#passed + index + 1);
      } else if (byte === CLOSING_BRACKET || byte === CLOSING_BRACE) {
        if (depth === this.#open?.depth) this.#ends(this.#open, byte === CLOSING_BRACKET, this.#passed + index);
        depth -= 1;
      }
    }
    [this.#depth, this.#values, this.#isInString, this.#isEscaped] = [depth, values, isInString, isEscaped];
    this.#passed += bytes.length;
    if (deepest > DEEPEST) return `JSON nested deeper than ${DEEPEST} levels`;
    return values > MOST_VALUES ? `more than ${MOST_VALUES} values` : undefined;
  }

  #opens(depth: number, start: number): void {
    this.#open ??= { depth, start, cuts: [], next: start + this.#slice };
  }

  #mayCut(open: OpenArray, position: number): void {
    if (position < open.next) return;
    open.cuts.push(position);
    open.next = position + this.#slice;
  }

  /** What an array does not end with is no JSON: whoever parses it sees that. */
  #ends({ start, cuts }: OpenArray, isWell: boolean, end: number): void {
    this.#open = undefined;
    if (isWell && cuts.length > 0) this.longArrays.push({ start, end, cuts });
  }
}
