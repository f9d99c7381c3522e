import { setImmediate } from "node:timers/promises";
import { SharedPoll } from "../../../src/integration-server/waiting/shared-poll";
import { SharedWork } from "../../../src/integration-server/waiting/shared-work";

describe("a shared poll", () => {
  it("serves whoever comes at the very moment in which a look fails", async () => {
    const looks = [() => Promise.reject(new Error("gone")), () => Promise.resolve("there")];
    const poll = new SharedPoll(async () => looks.shift()?.(), 1);
    const settle = (seen: string | undefined): string | undefined => seen;
    const second = poll.follow(settle).catch(() => poll.follow(settle));
    await expect(second).resolves.toBe("there");
  });

  it("does not show anyone what an abandoned look finds", async () => {
    const found: ((value: string) => void)[] = [];
    const poll = new SharedPoll(() => new Promise<string>((resolve) => found.push(resolve)), 1);
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
