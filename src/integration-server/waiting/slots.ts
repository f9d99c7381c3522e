/** How much may be under way at a time, whoever has begun it. */
import type { Clock } from "./clock";

export class Slots {
  readonly #capacity: number;
  readonly #clock: Clock;
  /** Those who wait, the longest first. */
  readonly #waiting = new Set<() => void>();
  #taken = 0;
  #freeSince = 0;
  #isTelling = false;

  /** @param capacity may be without end */
  constructor(capacity: number, clock: Clock) {
    this.#capacity = capacity;
    this.#clock = clock;
  }

  /** How many are free: less than none while more is under way than may be, because somebody else has begun it. */
  get free(): number {
    return this.#capacity - this.#taken;
  }

  /** True when enough are free for a request that is worth it. */
  get isHalfFree(): boolean {
    return this.#taken === 0 || this.free >= this.#capacity / 2;
  }

  /** Since when there is a free one, on the clock. */
  get freeSince(): number {
    return this.#freeSince;
  }

  /** Returns what gives it back; that may be called more than once. */
  take(): () => void {
    this.#taken += 1;
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      if (this.free <= 0) this.#freeSince = this.#clock.now();
      this.#taken -= 1;
      this.#tell();
    };
  }

  /** Calls back whenever some have become free: those of one moment together. Returns what ends that. */
  wait(callback: () => void): () => void {
    this.#waiting.add(callback);
    return () => this.#waiting.delete(callback);
  }

  #tell(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    this.#clock.after(0, () => {
      this.#isTelling = false;
      for (const callback of [...this.#waiting]) callback();
    });
  }
}
