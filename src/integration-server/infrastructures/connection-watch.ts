/** Looking at one connection again and again: what its states mean together. */
import type { Clock } from "../waiting/clock";
import type { ConnectionState } from "./infrastructure";

/** Milliseconds for which a connection may be down without an error, as it is before the server begins to connect. */
const BEFORE_IT_BEGINS = 60_000;

export class ConnectionWatch {
  #downSince: number | undefined;

  constructor(private readonly clock: Clock) {}

  /** To be told of every state. One that is neither made nor explained has failed when it has been so for a minute. */
  see(state: ConnectionState): Exclude<ConnectionState, "disconnected"> {
    if (state !== "disconnected") {
      this.#downSince = undefined;
      return state;
    }
    this.#downSince ??= this.clock.now();
    return this.clock.now() - this.#downSince < BEFORE_IT_BEGINS ? "connecting" : "failed";
  }
}
