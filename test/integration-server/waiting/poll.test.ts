import { setImmediate } from "node:timers/promises";
import { Poll } from "../../../src/integration-server/waiting/poll";
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
});
