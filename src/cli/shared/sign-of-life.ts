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
  #server: string | undefined;
  #reason = "";

  /** From now on, as long as something is waited for. @param say where lines go */
  begin(say: (line: string) => void, { now, every }: Timers = systemTimers): void {
    const began = now();
    every(INTERVAL, () => {
      if (this.#server === undefined) return;
      say(`still waiting for ${this.#server} (${elapsed(now() - began)})${this.#reason && `: ${this.#reason}`}`);
      this.#reason = "";
    });
  }

  waitFor(server: string): void {
    this.#server = server;
  }

  /** Something is asked once more, for a reason that the next line tells. */
  retrying(reason: string): void {
    this.#reason = reason;
  }
}

/** That of this process, which its program begins. */
export const signOfLife = new SignOfLife();
