import { setImmediate } from "node:timers/promises";
import { SharedReading, SharedWork } from "../../../src/integration-server/waiting/shared-work";
import { FakeClock } from "../../support/fake-clock";

const LIFE = 5_000;
let clock: FakeClock;
beforeEach(() => {
  clock = new FakeClock();
});

/** Reads 1, then 2, and so on; a reading ends when it is told to. */
class Source {
  count = 0;
  readonly end: (() => void)[] = [];
  readonly read = (): Promise<number> => {
    this.count += 1;
    const value = this.count;
    return new Promise((resolve) => this.end.push(() => resolve(value)));
  };
}
const counting = () => {
  let count = 0;
  return new SharedReading(async () => ++count, LIFE, clock);
};
/** Lets a reading begin. */
const tick = (): Promise<unknown> => setImmediate();

it("serves all who ask in one tick with one reading", async () => {
  const reading = counting();
  expect(await Promise.all([reading.recent(), reading.fresh(), reading.fresh(), reading.recent()])).toEqual([
    1, 1, 1, 1,
  ]);
});

it("serves whoever is content with it while it is good enough", async () => {
  const reading = counting();
  await reading.recent();
  expect(await reading.recent()).toBe(1);
});

it("serves others also after a reading that takes longer than it is good enough", async () => {
  const source = new Source();
  const reading = new SharedReading(source.read, LIFE, clock);
  const first = reading.recent();
  await clock.advance(2 * LIFE);
  source.end[0]?.();
  expect([await first, await reading.recent()]).toEqual([1, 1]);
});

it("reads anew when the last one is too old", async () => {
  const reading = counting();
  await reading.recent();
  await clock.advance(LIFE - 1);
  expect(await reading.recent()).toBe(1);
  await clock.advance(1);
  expect(await reading.recent()).toBe(2);
});

it("reads anew for whoever insists, also while another reading is under way", async () => {
  const source = new Source();
  const reading = new SharedReading(source.read, LIFE, clock);
  const first = reading.recent();
  await tick();
  const fresh = reading.fresh();
  await tick();
  for (const end of source.end) end();
  expect(await Promise.all([first, fresh])).toEqual([1, 2]);
});

it("lets whoever is content join a reading under way", async () => {
  const source = new Source();
  const reading = new SharedReading(source.read, LIFE, clock);
  const first = reading.recent();
  await tick();
  const second = reading.recent();
  source.end[0]?.();
  expect(await Promise.all([first, second])).toEqual([1, 1]);
});

it("reads anew after a change", async () => {
  const reading = counting();
  await reading.recent();
  reading.forget();
  expect(await reading.recent()).toBe(2);
});

it("tells nobody else what was being read when something changed", async () => {
  const source = new Source();
  const reading = new SharedReading(source.read, LIFE, clock);
  const before = reading.recent();
  await tick();
  reading.forget();
  const after = reading.recent();
  await tick();
  for (const end of source.end) end();
  expect(await Promise.all([before, after, reading.recent()])).toEqual([1, 2, 2]);
});

it("remembers no failure", async () => {
  let count = 0;
  const reading = new SharedReading(
    async () => {
      count += 1;
      if (count === 1) throw new Error("unreachable");
      return count;
    },
    LIFE,
    clock,
  );
  await expect(reading.recent()).rejects.toThrow("unreachable");
  expect(await reading.recent()).toBe(2);
});

it("ends a reading that nobody waits for any more, and not the next one with it", async () => {
  const signals: AbortSignal[] = [];
  const reading = new SharedReading(
    async (signal) => {
      signals.push(signal);
      if (signals.length > 1) return "read";
      return new Promise<string>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    },
    LIFE,
    clock,
  );
  const leaving = new AbortController();
  const left = reading.recent(leaving.signal);
  await tick();
  leaving.abort(new Error("left"));
  await expect(left).rejects.toThrow("left");
  expect(signals[0]?.aborted).toBe(true);
  expect(await reading.recent()).toBe("read");
});

describe("shared work", () => {
  it("ends when nobody waits for it any more, and begins anew for the next", async () => {
    const signals: AbortSignal[] = [];
    const work = new SharedWork((signal) => {
      signals.push(signal);
      return new Promise<string>((resolve) => {
        if (signals.length === 2) resolve("done");
      });
    });
    const leaving = new AbortController();
    const left = work.result(leaving.signal);
    leaving.abort(new Error("left"));
    await expect(left).rejects.toThrow("left");
    expect(signals[0]?.aborted).toBe(true);
    await expect(work.result()).resolves.toBe("done");
  });
});
