/**
 * Looks at JSON while it arrives, so that nothing is built of what is too much: deep nesting exhausts the stack of whoever
 * walks through it, and a few bytes each make values that take fifty times as much memory.
 */

/** The documents' deepest answer, a task with its steps, has eight levels. */
const DEEPEST = 100;
/** An inventory of 20 MB has about that many: half a second's work. So many that shall be as slow as can be take a second. */
const MOST_VALUES = 1_300_000;

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
const [OPENING_BRACKET, CLOSING_BRACKET, OPENING_BRACE, CLOSING_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];

export class JsonMeter {
  #depth = 0;
  #values = 0;
  #isInString = false;
  #isEscaped = false;

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
      } else if (byte === OPENING_BRACKET || byte === OPENING_BRACE) {
        values += 1;
        depth += 1;
        if (depth > deepest) deepest = depth;
      } else if (byte === CLOSING_BRACKET || byte === CLOSING_BRACE) {
        depth -= 1;
      }
    }
    [this.#depth, this.#values, this.#isInString, this.#isEscaped] = [depth, values, isInString, isEscaped];
    if (deepest > DEEPEST) return `JSON nested deeper than ${DEEPEST} levels`;
    return values > MOST_VALUES ? `more than ${MOST_VALUES} values` : undefined;
  }
}
