/** A command that waits for a server says so now and then: silence looks like an end. */
import { elapsed } from "./elapsed";

/** In milliseconds. */
const INTERVAL = 30_000;

/** Time as a dependency. */
export interface Timers {
  /** Milliseconds, from any start. */
  readonly now: () => number;
  /** For as long as the process has something else to do. */
  readonly every: (milliseconds: number, work: () => void) => void;
}

const systemTimers: Timers = {
  now: () => performance.now(),
  every: (milliseconds, work) => void setInterval(work, milliseconds).unref(),
};

export class SignOfLife {
  #reason = "";

  /**
   * @param server what is waited for
   * @param say where lines go
   */
  constructor(server: string, say: (line: string) => void, { now, every }: Timers = systemTimers) {
    const began = now();
    every(INTERVAL, () => {
      say(`still waiting for ${server} (${elapsed(now() - began)})${this.#reason && `: ${this.#reason}`}`);
      this.#reason = "";
    });
  }

  /** Something is asked once more, for a reason that the next line tells. */
  retrying(reason: string): void {
    this.#reason = reason;
  }
}
