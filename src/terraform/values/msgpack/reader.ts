/** MessagePack, value by value: whoever reads says what it expects, and gets nothing else. */

const SIGN_BIT = 0x80;

/** What each first byte of a value stands for, and in how many bytes its length, or its number, follows. */
const Format = {
  NIL: 0xc0,
  FALSE: 0xc2,
  TRUE: 0xc3,
  BIN8: 0xc4,
  EXT8: 0xc7,
  FLOAT32: 0xca,
  FLOAT64: 0xcb,
  UINT8: 0xcc,
  INT8: 0xd0,
  FIXEXT1: 0xd4,
  FIXEXT16: 0xd8,
  STR8: 0xd9,
  ARRAY16: 0xdc,
  MAP16: 0xde,
} as const;

/**
 * A position in MessagePack. Each method that reads returns undefined, and stays where it is, when something else comes next.
 * All of them throw a RangeError where the data breaks off.
 */
export class MessagePackReader {
  private readonly bytes: Buffer;
  private position = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** @throws RangeError when there is more to come */
  end(): void {
    if (this.position !== this.bytes.length) throw new RangeError("it goes on behind its end");
  }

  isNull(): boolean {
    if (this.next() !== Format.NIL) return false;
    this.position += 1;
    return true;
  }

  /** Whether an extension comes next, of whichever type; it is passed by. */
  isExtension(): boolean {
    const format = this.next();
    if (format >= Format.FIXEXT1 && format <= Format.FIXEXT16) {
      this.take(2 + (1 << (format - Format.FIXEXT1)));
      return true;
    }
    if (format < Format.EXT8 || format > Format.EXT8 + 2) return false;
    const length = this.length(1 << (format - Format.EXT8));
    this.take(1 + length);
    return true;
  }

  bool(): boolean | undefined {
    const format = this.next();
    if (format !== Format.TRUE && format !== Format.FALSE) return undefined;
    this.position += 1;
    return format === Format.TRUE;
  }

  /** An integer, of 64 bits as `bigint`, or a floating-point number. */
  number(): number | bigint | undefined {
    const format = this.next();
    if (format < SIGN_BIT || format >= 0xe0) {
      this.position += 1;
      return format < SIGN_BIT ? format : format - 0x100;
    }
    const { bytes } = this;
    switch (format) {
      case Format.FLOAT32:
        return bytes.readFloatBE(this.take(5) + 1);
      case Format.FLOAT64:
        return bytes.readDoubleBE(this.take(9) + 1);
      case Format.UINT8:
        return bytes.readUInt8(this.take(2) + 1);
      case Format.UINT8 + 1:
        return bytes.readUInt16BE(this.take(3) + 1);
      case Format.UINT8 + 2:
        return bytes.readUInt32BE(this.take(5) + 1);
      case Format.UINT8 + 3:
        return bytes.readBigUInt64BE(this.take(9) + 1);
      case Format.INT8:
        return bytes.readInt8(this.take(2) + 1);
      case Format.INT8 + 1:
        return bytes.readInt16BE(this.take(3) + 1);
      case Format.INT8 + 2:
        return bytes.readInt32BE(this.take(5) + 1);
      case Format.INT8 + 3:
        return bytes.readBigInt64BE(this.take(9) + 1);
      default:
        return undefined;
    }
  }

  text(): string | undefined {
    const format = this.next();
    let length: number;
    if (format >= 0xa0 && format < 0xc0) {
      length = format & 0x1f;
      this.position += 1;
    } else if (format >= Format.STR8 && format <= Format.STR8 + 2) {
      length = this.length(1 << (format - Format.STR8));
    } else {
      return undefined;
    }
    const start = this.take(length);
    return this.bytes.toString("utf8", start, start + length);
  }

  binary(): Buffer | undefined {
    const format = this.next();
    if (format < Format.BIN8 || format > Format.BIN8 + 2) return undefined;
    const length = this.length(1 << (format - Format.BIN8));
    const start = this.take(length);
    return this.bytes.subarray(start, start + length);
  }

  /** How many values follow as an array. */
  array(): number | undefined {
    return this.collection(0x90, Format.ARRAY16);
  }

  /** How many pairs of keys and values follow as a map. */
  map(): number | undefined {
    return this.collection(0x80, Format.MAP16);
  }

  /** Whether exactly these bytes come next; they are passed by then. */
  isNext(expected: Uint8Array): boolean {
    const { bytes, position } = this;
    // What is compared behind the end is undefined, and so differs.
    for (let index = 0; index < expected.length; index++) {
      if (bytes[position + index] !== expected[index]) return false;
    }
    this.position += expected.length;
    return true;
  }

  /** What comes next, in words. */
  describe(): string {
    const format = this.next();
    if (format < SIGN_BIT || format >= 0xe0) return "a number";
    if (format < 0x90 || format === Format.MAP16 || format === Format.MAP16 + 1) return "an object";
    if (format < 0xa0 || format === Format.ARRAY16 || format === Format.ARRAY16 + 1) return "a list";
    if (format < 0xc0 || (format >= Format.STR8 && format <= Format.STR8 + 2)) return "a string";
    if (format === Format.NIL) return "nothing";
    if (format === Format.TRUE || format === Format.FALSE) return "a boolean";
    if (format >= Format.BIN8 && format <= Format.BIN8 + 2) return "bytes";
    return format >= Format.FLOAT32 && format <= Format.INT8 + 3 ? "a number" : "something else";
  }

  private collection(short: number, format16: number): number | undefined {
    const format = this.next();
    let length: number;
    if (format >= short && format < short + 0x10) {
      length = format - short;
      this.position += 1;
    } else if (format === format16 || format === format16 + 1) {
      length = this.length(format === format16 ? 2 : 4);
    } else {
      return undefined;
    }
    // Nothing has more elements than bytes: nobody shall reserve room for billions.
    if (length > this.bytes.length - this.position) throw new RangeError("it breaks off");
    return length;
  }

  private next(): number {
    const format = this.bytes[this.position];
    if (format === undefined) throw new RangeError("it breaks off");
    return format;
  }

  /** Passes by the first byte of a value and the length after it. */
  private length(size: number): number {
    return this.bytes.readUIntBE(this.take(1 + size) + 1, size);
  }

  /** Passes by some bytes and returns where they begin. */
  private take(count: number): number {
    const start = this.position;
    if (count > this.bytes.length - start) throw new RangeError("it breaks off");
    this.position = start + count;
    return start;
  }
}
