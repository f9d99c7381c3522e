import { setImmediate } from "node:timers/promises";
import { type Expectation, Poll } from "../../../src/integration-server/waiting/poll";
import { FakeClock } from "../../support/fake-clock";

const pace = { clock: FakeClock.skipping(), interval: 5_000 };

describe("a poll", () => {
  it("serves whoever comes at the very moment in which a look fails", async () => {
    const looks = [() => Promise.reject(new Error("gone")), () => Promise.resolve("there")];
    const poll = new Poll(async () => looks.shift()?.(), pace);
    const settle = (seen: string | undefined): string | undefined => seen;
    const second = poll.follow(settle).catch(() => poll.follow(settle));
    await expect(second).resolves.toBe("there");
  });

  it("does not show anyone what an abandoned look finds", async () => {
    const found: ((value: string) => void)[] = [];
    const poll = new Poll(() => new Promise<string>((resolve) => found.push(resolve)), pace);
    const leaving = new AbortController();
    const left = poll.follow((seen) => seen, leaving.signal);
    leaving.abort(new Error("left"));
    await expect(left).rejects.toThrow("left");
    const stayed = poll.follow((seen) => seen);
    found[0]?.("stale");
    await setImmediate();
    found[1]?.("fresh");
    await expect(stayed).resolves.toBe("fresh");
  });

  describe("with something expected", () => {
    /** When it looks, until it has looked so often, at something that is expected at these times. */
    async function looks(count: number, interval: number, ...moments: readonly number[]): Promise<readonly number[]> {
      const clock = FakeClock.skipping(600_000);
      const times: number[] = [];
      const expected = (now: number): Expectation | undefined => {
        const next = moments.find((moment) => moment > now);
        return next === undefined ? undefined : { after: next - now, pause: next / 50 };
      };
      const look = async () => times.push(clock.now());
      const poll = new Poll(look, { clock, interval }, undefined, { see: () => undefined, expected });
      await poll.follow((seen) => (seen === count ? seen : undefined));
      return times;
    }

    it("looks then, and eagerly from then on", async () => {
      expect(await looks(8, 1_000, 5_000)).toEqual([0, 500, 1_250, 2_250, 3_250, 4_250, 5_000, 5_100]);
    });

    it("looks no more often before that than at any other time", async () => {
      const meanwhile = (times: readonly number[]) => times.filter((time) => time < 300_000).length;
      expect(meanwhile(await looks(80, 5_000, 300_000))).toBeLessThan(meanwhile(await looks(80, 5_000)));
    });

    it("does not look before that when it is soon", async () => {
      expect(await looks(3, 5_000, 500)).toEqual([500, 510, 525]);
    });

    it("does not look more often after that when it has taken long", async () => {
      const times = await looks(80, 5_000, 300_000);
      const late = times.filter((time) => time >= 300_000);
      expect(late.slice(0, 3)).toEqual([300_000, 305_000, 310_000]);
    });
  });
});
