/** MessagePack, value by value, each in its shortest form. */

/** Room for most states. */
const FIRST_SIZE = 2_048;
/** More than that is given back. */
const LARGEST_KEPT = 65_536;
/** A longer text is written faster by Node.js than byte by byte. */
const SHORT_TEXT = 64;

/** Grows as it is written to. */
export class MessagePackWriter {
  private bytes = Buffer.allocUnsafeSlow(FIRST_SIZE);
  private position = 0;

  /** Begins anew: what was written before is gone. */
  reset(): void {
    this.position = 0;
    if (this.bytes.length > LARGEST_KEPT) this.bytes = Buffer.allocUnsafeSlow(FIRST_SIZE);
  }

  /** A copy of what was written. */
  written(): Buffer {
    return Buffer.from(this.bytes.subarray(0, this.position));
  }

  nil(): void {
    this.byte(0xc0);
  }

  bool(value: boolean): void {
    this.byte(value ? 0xc3 : 0xc2);
  }

  /** An integer that fits 32 bits, signed or not. */
  integer(value: number): void {
    if (value >= 0) {
      if (value < 0x80) this.byte(value);
      else if (value < 0x100) this.headed(0xcc, value, 1);
      else if (value < 0x10000) this.headed(0xcd, value, 2);
      else this.headed(0xce, value, 4);
    } else if (value >= -0x20) {
      this.byte(value + 0x100);
    } else if (value >= -0x80) {
      this.headed(0xd0, value + 0x100, 1);
    } else if (value >= -0x8000) {
      this.headed(0xd1, value + 0x10000, 2);
    } else {
      this.headed(0xd2, value + 0x100000000, 4);
    }
  }

  /** An integer that fits 64 bits, signed or not, in 64 bits. */
  integer64(value: bigint): void {
    const start = this.reserve(9);
    if (value >= 0n) {
      this.bytes[start] = 0xcf;
      this.bytes.writeBigUInt64BE(value, start + 1);
    } else {
      this.bytes[start] = 0xd3;
      this.bytes.writeBigInt64BE(value, start + 1);
    }
  }

  float(value: number): void {
    const start = this.reserve(9);
    this.bytes[start] = 0xcb;
    this.bytes.writeDoubleBE(value, start + 1);
  }

  text(text: string): void {
    if (text.length <= SHORT_TEXT && this.shortAscii(text)) return;
    const length = Buffer.byteLength(text);
    if (length < 0x20) this.byte(0xa0 | length);
    else this.sized(0xd9, length);
    const start = this.reserve(length);
    this.bytes.write(text, start, length, "utf8");
  }

  binary(bytes: Uint8Array): void {
    this.sized(0xc4, bytes.length);
    this.raw(bytes);
  }

  /** So many values have to follow. */
  array(length: number): void {
    if (length < 0x10) this.byte(0x90 | length);
    else if (length < 0x10000) this.headed(0xdc, length, 2);
    else this.headed(0xdd, length, 4);
  }

  /** So many pairs of keys and values have to follow. */
  map(length: number): void {
    if (length < 0x10) this.byte(0x80 | length);
    else if (length < 0x10000) this.headed(0xde, length, 2);
    else this.headed(0xdf, length, 4);
  }

  /** What is MessagePack already. */
  raw(bytes: Uint8Array): void {
    const start = this.reserve(bytes.length);
    const to = this.bytes;
    if (bytes.length > SHORT_TEXT) to.set(bytes, start);
    else for (let index = 0; index < bytes.length; index++) to[start + index] = bytes[index] ?? 0;
  }

  /** False, and nothing is written, where a character is none of ASCII. */
  private shortAscii(text: string): boolean {
    const { length } = text;
    const header = length < 0x20 ? 1 : 2;
    const before = this.position;
    const start = this.reserve(header + length) + header;
    const { bytes } = this;
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index);
      if (code >= 0x80) {
        this.position = before;
        return false;
      }
      bytes[start + index] = code;
    }
    if (header === 2) bytes[before] = 0xd9;
    bytes[start - 1] = header === 1 ? 0xa0 | length : length;
    return true;
  }

  /** A length in one, two or four bytes behind one of three formats that follow each other. */
  private sized(format: number, length: number): void {
    if (length < 0x100) this.headed(format, length, 1);
    else if (length < 0x10000) this.headed(format + 1, length, 2);
    else this.headed(format + 2, length, 4);
  }

  private headed(format: number, value: number, size: 1 | 2 | 4): void {
    const start = this.reserve(1 + size);
    this.bytes[start] = format;
    this.bytes.writeUIntBE(value, start + 1, size);
  }

  private byte(value: number): void {
    const start = this.reserve(1);
    this.bytes[start] = value;
  }

  /** @returns where there is room now for so many bytes */
  private reserve(count: number): number {
    const start = this.position;
    this.position += count;
    if (this.position > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.position));
      larger.set(this.bytes.subarray(0, start));
      this.bytes = larger;
    }
    return start;
  }
}
