import { setMaxListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

/** Ends whatever waits when the simulator stops. */
export class SimulatorStopped extends Error {}

/** Simulated durations: real dates, scaled waits. */
export class Clock {
  readonly #stopped = new AbortController();

  /** @param timeScale real seconds per simulated second: 0.01 makes everything a hundred times faster */
  constructor(readonly timeScale: number) {
    // As many tasks as there are may wait at the same time.
    setMaxListeners(Number.POSITIVE_INFINITY, this.#stopped.signal);
  }

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
   * @throws SimulatorStopped as soon as the simulator stops
   */
  async sleep(milliseconds: number): Promise<void> {
    await this.sleepUnscaled(milliseconds * this.timeScale);
  }

  /** Waits for a real duration; see {@link sleep}. */
  async sleepUnscaled(milliseconds: number): Promise<void> {
    try {
      await delay(milliseconds, undefined, { signal: this.#stopped.signal, ref: false });
    } catch {
      throw new SimulatorStopped();
    }
  }

  stop(): void {
    this.#stopped.abort();
  }
}
