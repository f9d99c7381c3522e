/**
 * Looks at JSON while it arrives, so that nothing is built of what is too much: deep nesting exhausts the stack of whoever
 * walks through it, and a few bytes each make values that take fifty times as much memory.
 */

/** The documents' deepest answer, a task with its steps, has eight levels. */
const DEEPEST = 100;
/** An inventory of 20 MB has about that many. To build so many values takes about a second. */
const MOST_VALUES = 1_500_000;

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
const [OPENING_BRACKET, CLOSING_BRACKET, OPENING_BRACE, CLOSING_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];

export class JsonMeter {
  #depth = 0;
  #deepest = 0;
  #values = 0;
  #isInString = false;
  #isEscaped = false;

  /** @returns what there is too much of by now, if anything: continues "got …" */
  read(bytes: Uint8Array): string | undefined {
    for (const byte of bytes) {
      if (this.#isInString) this.#readInString(byte);
      else this.#readOutside(byte);
    }
    if (this.#deepest > DEEPEST) return `JSON nested deeper than ${DEEPEST} levels`;
    return this.#values > MOST_VALUES ? `more than ${MOST_VALUES} values` : undefined;
  }

  #readInString(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) this.#isInString = false;
  }

  #readOutside(byte: number): void {
    if (byte === QUOTE) {
      this.#isInString = true;
    } else if (byte === COMMA) {
      this.#values += 1;
    } else if (byte === OPENING_BRACKET || byte === OPENING_BRACE) {
      this.#values += 1;
      this.#depth += 1;
      if (this.#depth > this.#deepest) this.#deepest = this.#depth;
    } else if (byte === CLOSING_BRACKET || byte === CLOSING_BRACE) {
      this.#depth -= 1;
    }
  }
}
