/**
 * What this process knows of a connection, from every answer about it. The Integration Server looks at an infrastructure
 * every so often, so its lists lag behind; while it connects, also anew after a refresh, they may be empty.
 */
import type { Clock } from "../waiting/clock";
import { ConnectionWatch } from "./connection-watch";
import { type ConnectionState, connectionState, type Infrastructure } from "./infrastructure";

/** Milliseconds between two looks at an infrastructure whose answers tell none: what the documents' samples have. */
const USUAL_PERIOD = 10_000;
/** A period that is reported longer counts as this. */
const LONGEST_PERIOD = 120_000;

export class Observations {
  readonly #infrastructures = new Map<string, Observation>();

  constructor(private readonly clock: Clock) {}

  of(infrastructureId: string): Observation {
    const observation = this.#infrastructures.get(infrastructureId) ?? new Observation(this.clock);
    this.#infrastructures.set(infrastructureId, observation);
    return observation;
  }
}

export class Observation {
  #period = USUAL_PERIOD;
  #state: ReturnType<ConnectionWatch["see"]> | undefined;
  readonly #watch: ConnectionWatch;
  /** Since when it is connected, as far as this process has seen it being made. */
  #madeAt: number | undefined;
  #isReadAnew = false;
  /** The server may not have begun yet with what it was asked for. */
  #maySeeThePast = false;
  /** Counts what we have asked for, so that answers to earlier questions are recognized. */
  #era = 0;

  constructor(private readonly clock: Clock) {
    this.#watch = new ConnectionWatch(clock);
  }

  /** Milliseconds between two looks of the server at the infrastructure. */
  get period(): number {
    return this.#period;
  }

  /** True when this process has added or refreshed the connection, so that all of the infrastructure is read anew. */
  get isReadAnew(): boolean {
    return this.#isReadAnew;
  }

  /** True when it is connected, by the last answer that can be relied upon. */
  get isConnected(): boolean {
    return this.#state === "connected";
  }

  /** Counts what we have asked for: another number than before says that what was read is not the latest any more. */
  get era(): number {
    return this.#era;
  }

  /** True when the connection has ended with an error, by the last answer. */
  get isDown(): boolean {
    return this.#state === "failed";
  }

  /** Milliseconds until lists can be relied upon; undefined while it is not connected, as far as anyone has seen. */
  get settlesIn(): number | undefined {
    if (!this.isConnected) return undefined;
    return this.#madeAt === undefined ? 0 : Math.max(0, this.#madeAt + this.#period - this.clock.now());
  }

  /** To be told of a connection that was added. */
  added(infrastructure: Infrastructure): void {
    this.#isReadAnew = true;
    this.#begin();
    this.asked()(infrastructure);
  }

  /**
   * To be told when a refresh is asked for: from then on nobody knows how the connection stands, as also when the answer is
   * lost. Returns what is to be told when the server has taken the request: whoever has looked before may have seen the past.
   */
  refreshed(): () => void {
    const begin = (): void => {
      this.#begin();
      this.#maySeeThePast = true;
    };
    begin();
    return () => {
      this.#isReadAnew = true;
      begin();
    };
  }

  /** To be told of every question about the connection; returns what is to be told of its answer. */
  asked(): (infrastructure: Infrastructure) => void {
    const era = this.#era;
    return (infrastructure) => {
      const { updatePeriod } = infrastructure;
      if (updatePeriod !== undefined) this.#period = Math.min(updatePeriod, LONGEST_PERIOD);
      if (era === this.#era) this.#see(connectionState(infrastructure));
    };
  }

  #begin(): void {
    this.#era += 1;
    this.#state = this.#watch.see("connecting");
  }

  #see(seen: ConnectionState): void {
    const state = this.#watch.see(seen);
    const isPast = state === "connected" && this.#maySeeThePast;
    this.#maySeeThePast = false;
    if (isPast) return;
    // What was down, too, is made anew before it is connected.
    const wasBeingMade = this.#state === "connecting" || this.#state === "failed";
    if (state === "connected" && wasBeingMade) this.#madeAt = this.clock.now();
    this.#state = state;
  }
}
