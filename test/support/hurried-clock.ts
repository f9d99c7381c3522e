/** A clock that runs faster than the system's, for clients of a simulator whose time does so, too. */
import { performance } from "node:perf_hooks";
import type { Clock } from "../../src/integration-server";

/** Simulated seconds in a real one. */
const PACE = 100;

/** What a client needs to live at that pace. Requests take real time, unless told otherwise. */
export function hurriedBy(pace: number) {
  const clock: Clock = {
    now: () => performance.now() * pace,
    wall: () => Date.now(),
    after: (duration, callback) => {
      const timer = setTimeout(callback, duration / pace);
      return () => clearTimeout(timer);
    },
  };
  return {
    clock,
    requestTimeout: 30_000 * pace,
    batchTiming: { quiet: 10 * pace, longest: 100 * pace, grace: 200 * pace },
  } as const;
}

export const hurried = hurriedBy(PACE);
