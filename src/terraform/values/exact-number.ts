/**
 * Numbers as Terraform means them: decimal, of any size and precision.
 *
 * A value has one form: `number` for integers up to 2^53 - 1 and for every fraction that `number` tells apart from all
 * others, `bigint` for greater integers, `ExactNumber` for fractions with more digits than a `number` has. A fractional
 * `number` means the decimal that JavaScript prints for it (0.1 is one tenth), which is also how Terraform decides
 * whether two fractions are equal.
 */
export type CtyNumber = number | bigint | ExactNumber;

/** A decimal fraction that no `number` holds. Made by `parseNumber`. */
export class ExactNumber {
  /** @param text plain decimal notation, without exponent or needless zeros */
  constructor(private readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/** Beyond this, writing a number out would take more memory than any configuration is worth. */
const MAX_EXPONENT = 10_000;
const NUMBER = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,9}))?$/;

/** The number that a decimal text names, exactly; undefined when it names none. */
export function parseNumber(text: string): CtyNumber | undefined {
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  if (Math.abs(Number(exponent)) > MAX_EXPONENT) return undefined;
  const plain = plainDecimal(sign === "-", whole + fraction, Number(exponent) - fraction.length);
  if (!plain.includes(".")) return normalizeNumber(BigInt(plain));
  const number = Number(plain);
  return decimalText(number) === plain ? number : new ExactNumber(plain);
}

/** The one form of a number; undefined for what is no number (`NaN`). */
export function normalizeNumber(value: CtyNumber): CtyNumber | undefined {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (typeof value !== "number") return value;
  if (Number.isNaN(value)) return undefined;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return BigInt(value);
  return value === 0 ? 0 : value;
}

/** Plain decimal notation: no exponent, no needless zeros. */
export function decimalText(value: CtyNumber): string {
  if (typeof value !== "number") return value.toString();
  if (Number.isInteger(value)) return BigInt(value).toString();
  const text = String(value);
  const match = NUMBER.exec(text);
  if (match === null || match[4] === undefined) return text;
  const [, sign, whole = "", fraction = "", exponent] = match;
  return plainDecimal(sign === "-", whole + fraction, Number(exponent) - fraction.length);
}

/** True when a fraction's binary value is the decimal that JavaScript prints for it: 0.5, but not 0.1. */
export function isBinaryFraction(value: number): boolean {
  // No fraction of more than a hundred digits is among those that print exactly: 2^-101 alone has 71 of them.
  return withoutZerosAtEnd(value.toFixed(100)) === decimalText(value);
}

function plainDecimal(negative: boolean, allDigits: string, exponent: number): string {
  const digits = allDigits.replace(/^0+/, "");
  if (digits === "") return "0";
  const sign = negative ? "-" : "";
  if (exponent >= 0) return sign + digits + "0".repeat(exponent);
  const padded = digits.padStart(1 - exponent, "0");
  const whole = padded.slice(0, exponent);
  const fraction = withoutZerosAtEnd(padded.slice(exponent));
  return sign + (fraction === "" ? whole : `${whole}.${fraction}`);
}

/** In one pass: a pattern for it looks at every zero as often as there are zeros before it. */
function withoutZerosAtEnd(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === "0") end -= 1;
  return digits.slice(0, end);
}
