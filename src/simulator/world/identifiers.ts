import { createHash } from "node:crypto";

/** Everything that looks random, derived from one seed and a label: the same seed gives the same world in any order. */
export class Identifiers {
  readonly #seed: string;

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** 32 octets. */
  bytes(label: string): Uint8Array {
    return this.#digest(label);
  }

  uuid(label: string): string {
    const hex = this.#digest(label).toString("hex");
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
    return this.#digest(label).readUInt32BE(0) / 2 ** 32;
  }

  #digest(label: string): Buffer {
    return createHash("sha256").update(`${this.#seed}\n${label}`).digest();
  }
}
