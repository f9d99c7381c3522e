/** Texts in the static Huffman code of HPACK (RFC 7541, section 5.2 and appendix B), which this end reads and never writes. */
import { HpackError } from "./hpack-error";

/**
 * How many bits each byte takes, and last the end of the string, which no text may have. The code is canonical: codes of
 * a length follow each other in the order of their bytes, after all shorter ones.
 */
const LENGTHS = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
  13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6,
  5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23,
  22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22, 21, 20, 22, 22,
  23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, 26, 26,
  20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27,
  27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27,
  27, 27, 27, 26, 30,
];
const END_OF_STRING = 256;
const LONGEST = 30;
/** Longer rests of a last byte would be room for another character. */
const LONGEST_PADDING = 7;

interface Code {
  /** The first code of each length, */
  readonly first: readonly number[];
  /** and the symbols that have codes of that length, in order. */
  readonly symbols: readonly (readonly number[])[];
}

let code: Code | undefined;

function makeCode(): Code {
  const symbols = Array.from({ length: LONGEST + 1 }, (): number[] => []);
  for (const [symbol, length] of LENGTHS.entries()) symbols[length]?.push(symbol);
  const first: number[] = [];
  let next = 0;
  for (const ofLength of symbols) {
    next *= 2;
    first.push(next);
    next += ofLength.length;
  }
  return { first, symbols };
}

/** @throws HpackError when this is no text in that code */
export function decodeHuffman(bytes: Uint8Array): string {
  code ??= makeCode();
  const { first, symbols } = code;
  let text = "";
  let bits = 0;
  let length = 0;
  for (const byte of bytes) {
    for (let mask = 0x80; mask !== 0; mask >>= 1) {
      bits = bits * 2 + (byte & mask ? 1 : 0);
      length++;
      const symbol = symbols[length]?.[bits - (first[length] ?? 0)];
      if (symbol === undefined) continue;
      if (symbol === END_OF_STRING) throw new HpackError("a text has the code of its end inside");
      text += String.fromCharCode(symbol);
      bits = 0;
      length = 0;
    }
  }
  // The last byte is filled up with the beginning of the end's code, which is all ones.
  if (length > LONGEST_PADDING || bits !== 2 ** length - 1) throw new HpackError("a text's last byte is not filled up");
  return text;
}
