import { setTimeout as delay } from "node:timers/promises";

/** Simulated durations: real dates, scaled waits. */
export class Clock {
  readonly #stopped = new AbortController();

  /** @param timeScale real seconds per simulated second: 0.01 makes everything a hundred times faster */
  constructor(readonly timeScale: number) {}

  now(): Date {
    return new Date();
  }

  /** The moment that lies a simulated duration ahead. */
  after(milliseconds: number): Date {
    return new Date(Date.now() + milliseconds * this.timeScale);
  }

  /**
   * Waits for a simulated duration.
   *
   * @throws AbortError as soon as the simulator stops
   */
  async sleep(milliseconds: number): Promise<void> {
    await delay(milliseconds * this.timeScale, undefined, { signal: this.#stopped.signal, ref: false });
  }

  /** Waits for a real duration; see {@link sleep}. */
  async sleepUnscaled(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal: this.#stopped.signal, ref: false });
  }

  stop(): void {
    this.#stopped.abort();
  }
}
