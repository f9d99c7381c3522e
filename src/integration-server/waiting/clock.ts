/** Time as a dependency, so that tests can move it. */
import { performance } from "node:perf_hooks";
import { abortable, onAbort } from "./abort";

/** Times and durations are in milliseconds. */
export interface Clock {
  /** On a clock that only ever goes forward, since some moment. */
  now(): number;
  /** On the clock that people set, since 1970. */
  wall(): number;
  /** Calls back once, later; returns what prevents that. */
  after(duration: number, callback: () => void): () => void;
}

/** The longest delay that a timer can have: 24 days. Beyond it, a timer calls back at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  after: (duration, callback) => {
    const timer = setTimeout(callback, Math.min(duration, LONGEST_TIMER));
    return () => clearTimeout(timer);
  },
};

/** Resolves later, or rejects with the signal's reason. */
export function sleep(clock: Clock, duration: number, signal?: AbortSignal): Promise<void> {
  return abortable((resolve) => clock.after(duration, resolve), signal);
}

export interface Deadline {
  readonly signal: AbortSignal;
  /** Must be called when the work is done: the other signal may live much longer. */
  clear(): void;
}

/** A limit in time, if there is one, that is also reached when somebody else's signal is. */
export function deadline(clock: Clock, duration: number, signal?: AbortSignal): Deadline {
  const controller = new AbortController();
  const cancel = Number.isFinite(duration) ? clock.after(duration, () => controller.abort()) : () => undefined;
  const forget = onAbort(signal, () => controller.abort(signal?.reason));
  return {
    signal: controller.signal,
    clear: () => {
      cancel();
      forget();
    },
  };
}
