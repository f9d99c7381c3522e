/** Just enough of DER (X.690) to write an X.509 certificate. */

function encode(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.of(tag), lengthOctets(content.length), content]);
}

function lengthOctets(length: number): Buffer {
  if (length < 0x80) {
    return Buffer.of(length);
  }
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) {
    octets.unshift(rest % 256);
  }
  return Buffer.of(0x80 | octets.length, ...octets);
}

export const sequence = (...items: readonly Uint8Array[]) => encode(0x30, ...items);
export const set = (...items: readonly Uint8Array[]) => encode(0x31, ...items);
export const boolean = (value: boolean) => encode(0x01, Buffer.of(value ? 0xff : 0));
export const octetString = (bytes: Uint8Array) => encode(0x04, bytes);
export const bitString = (bytes: Uint8Array, unusedBits = 0) => encode(0x03, Buffer.of(unusedBits), bytes);
export const utf8String = (text: string) => encode(0x0c, Buffer.from(text, "utf8"));

/** `[number]` around an encoded value. */
export const explicit = (number: number, ...items: readonly Uint8Array[]) => encode(0xa0 | number, ...items);

/** `[number]` in place of a primitive value's own tag. */
export const implicit = (number: number, bytes: Uint8Array) => encode(0x80 | number, bytes);

/** A non-negative integer, given big-endian. */
export function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const magnitude = first < 0 ? Buffer.of(0) : Buffer.from(bytes.subarray(first));
  const needsSignOctet = (magnitude[0] ?? 0) >= 0x80;
  return needsSignOctet ? encode(0x02, Buffer.of(0), magnitude) : encode(0x02, magnitude);
}

/** A dotted object identifier. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return encode(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const octets = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    octets.unshift((rest % 128) | 0x80);
  }
  return octets;
}

/** RFC 5280: two-digit years up to 2049, four-digit years from 2050. */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]|\.\d{3}/g, "");
  return date.getUTCFullYear() < 2050
    ? encode(0x17, Buffer.from(digits.slice(2), "ascii"))
    : encode(0x18, Buffer.from(digits, "ascii"));
}
