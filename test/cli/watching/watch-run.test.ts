/** When watching ends. */
import type { Display } from "../../../src/cli/watching/display";
import { conclusion } from "../../../src/cli/watching/texts";
import { watchRun } from "../../../src/cli/watching/watch-run";
import type { Follower, WorkEvent } from "../../../src/notes";
import { event, START } from "./events";

const MINUTE = 60_000;

/** A follower of what happens at times, in seconds. */
function watching(happens: Readonly<Record<number, { alive?: boolean; events?: readonly WorkEvent[] }>>) {
  let now = START;
  let isAlive = false;
  let hasWork = false;
  const pending = Object.entries(happens).map(([second, what]) => ({ at: START + Number(second) * 1_000, ...what }));
  const follower = {
    look: () => {
      const due = pending.splice(0, pending.filter(({ at }) => at <= now).length);
      for (const { alive = isAlive } of due) isAlive = alive;
      const events = due.flatMap(({ events = [] }) => events);
      hasWork ||= events.length > 0;
      return events;
    },
    get isAlive() {
      return isAlive;
    },
    get hasWork() {
      return hasWork;
    },
  };
  const display: Display = { show: () => {}, say: () => {} };
  const time = {
    now: () => now,
    pause: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  const watch = async (timeout?: number) => {
    const outcome = await watchRun({ follower: follower as unknown as Follower, display, time }, timeout);
    return { seconds: (now - START) / 1_000, is: outcome.is, said: conclusion(outcome, now) };
  };
  return { watch };
}

const done = (at: number) => event({ state: "completed", message: "created" }, at * 1_000);

test("a run that ends: soon after, when no other process goes on with it", async () => {
  const { watch } = watching({
    1: { alive: true },
    2: { events: [event()] },
    60: { events: [done(60)] },
    61: { alive: false },
  });
  expect(await watch()).toEqual({ seconds: 65.5, is: "ended", said: "The run has ended, after 1m00s: 1 deployed." });
});

test("stacks one after the other are one run", async () => {
  const { watch } = watching({
    0: { alive: true, events: [done(0)] },
    10: { alive: false },
    14: { alive: true },
    20: { alive: false },
  });
  expect(await watch()).toMatchObject({ seconds: 24.5, is: "ended" });
});

test("a run that ended before", async () => {
  const { watch } = watching({ 0: { events: [done(-600), event({ svm: "b", state: "failed" }, -600_000)] } });
  expect(await watch()).toEqual({
    seconds: 5,
    is: "ended",
    said: expect.stringMatching(/^The run has ended 10m05s ago, after .*: 1 deployed, 1 failed\.$/),
  });
});

test("between a plan and what becomes of it there may be a minute", async () => {
  const { watch } = watching({
    1: { alive: true },
    3: { alive: false },
    50: { alive: true, events: [done(50)] },
    51: { alive: false },
  });
  expect(await watch()).toMatchObject({ seconds: 55.5, is: "ended" });
});

test("a run that had nothing to do", async () => {
  const { watch } = watching({ 1: { alive: true }, 3: { alive: false } });
  expect(await watch()).toMatchObject({ is: "ended", said: expect.stringContaining("nothing to do") });
});

test("a run is waited for, as long as there is time", async () => {
  expect(await watching({}).watch(10 * MINUTE)).toEqual({
    seconds: 600,
    is: "out of time",
    said: "Time is up: no run has been seen.",
  });
  expect(await watching({ 0: { alive: true, events: [event()] } }).watch(MINUTE)).toEqual({
    seconds: 60,
    is: "out of time",
    said: "Time is up, and the run goes on: 1 running.",
  });
});
