/** The part of ASN.1's Distinguished Encoding Rules (X.690) that a self-signed certificate needs. */

function tagged(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag, ...lengthBytes(content.length)]), content]);
}

function lengthBytes(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return [0x80 + digits.length, ...digits];
}

export const sequence = (...elements: readonly Uint8Array[]): Buffer => tagged(0x30, ...elements);
export const set = (...elements: readonly Uint8Array[]): Buffer => tagged(0x31, ...elements);
export const octetString = (content: Uint8Array): Buffer => tagged(0x04, content);
export const utf8String = (text: string): Buffer => tagged(0x0c, Buffer.from(text));
export const boolean = (value: boolean): Buffer => tagged(0x01, Buffer.from([value ? 0xff : 0]));

/** A positive integer from its big-endian bytes, whose first one is not zero. */
export function positiveInteger(bigEndian: Uint8Array): Buffer {
  const signBit = (bigEndian[0] ?? 0) >= 0x80;
  return tagged(0x02, signBit ? Buffer.concat([Buffer.from([0]), bigEndian]) : bigEndian);
}

/** @param unusedBits how many bits of the last byte do not count */
export const bitString = (content: Uint8Array, unusedBits = 0): Buffer =>
  tagged(0x03, Buffer.from([unusedBits]), content);

/** An object identifier in dotted notation. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split(".").map(Number);
  return tagged(0x06, Buffer.from([first * 40 + second, ...others.flatMap(base128)]));
}

function base128(value: number): readonly number[] {
  const digits = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift(0x80 + (rest % 128));
  return digits;
}

/** A time with a four-digit year, in UTC, to the second. X.509 wants this form from 2050 on and UTCTime before. */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/\.\d+/, "").replace(/[-:T]/g, "");
  return date.getUTCFullYear() < 2050 ? tagged(0x17, Buffer.from(digits.slice(2))) : tagged(0x18, Buffer.from(digits));
}

/** A context-specific element that wraps another. */
export const explicit = (number: number, element: Uint8Array): Buffer => tagged(0xa0 + number, element);
/** A context-specific element that replaces the tag of a primitive one. */
export const implicit = (number: number, content: Uint8Array): Buffer => tagged(0x80 + number, content);
