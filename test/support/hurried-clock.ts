/** A clock that runs a hundred times as fast as the system's, for clients of a simulator whose time does so, too. */
import { performance } from "node:perf_hooks";
import type { Clock } from "../../src/integration-server";

const PACE = 100;

export const hurriedClock: Clock = {
  now: () => performance.now() * PACE,
  wall: () => Date.now(),
  after: (duration, callback) => {
    const timer = setTimeout(callback, duration / PACE);
    return () => clearTimeout(timer);
  },
};

/** What a client needs beside it: requests take real time. */
export const hurried = {
  clock: hurriedClock,
  requestTimeout: 30_000 * PACE,
  batchTiming: { quiet: 10 * PACE, longest: 100 * PACE, grace: 200 * PACE },
} as const;
