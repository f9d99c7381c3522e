import { createHash } from "node:crypto";

/** Everything that looks random, derived from one seed and a label: the same seed gives the same world in any order. */
export class Identifiers {
  readonly #seed: string;

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** 32 octets. */
  bytes(label: string): Buffer {
    return createHash("sha256").update(`${this.#seed}\n${label}`).digest();
  }

  uuid(label: string): string {
    const hex = this.bytes(label).toString("hex");
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `a${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join("-");
  }

  /** At least 0, less than 1. */
  fraction(label: string): number {
    return this.bytes(label).readUInt32BE(0) / 2 ** 32;
  }
}
