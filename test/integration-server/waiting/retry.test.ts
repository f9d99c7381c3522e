import { parseRetryAfter } from "../../../src/integration-server/http/retries";
import { retry } from "../../../src/integration-server/waiting/retry";
import { FakeClock } from "../../support/fake-clock";

const policy = { maxAttempts: 4, firstPause: 1, longestPause: 3, budget: 1_000 };
const clock = FakeClock.skipping();
const isRetriable = (): boolean => true;
const failing = (error: unknown = new Error("down")) => jest.fn(() => Promise.reject(error));

describe("retry", () => {
  it("gives up after the last attempt, with the last error", async () => {
    const work = failing();
    await expect(retry(work, { clock, isRetriable }, policy)).rejects.toThrow("down");
    expect(work).toHaveBeenCalledTimes(4);
  });

  it("does not repeat what is not retriable", async () => {
    const work = failing();
    await expect(retry(work, { clock, isRetriable: () => false }, policy)).rejects.toThrow("down");
    expect(work).toHaveBeenCalledTimes(1);
  });

  it("begins no attempt beyond its budget", async () => {
    const work = failing();
    await expect(retry(work, { clock, isRetriable, pauseAfter: () => 2_000 }, policy)).rejects.toThrow("down");
    expect(work).toHaveBeenCalledTimes(1);
  });

  it("pauses at random below a doubling limit, which has a limit itself", async () => {
    const random = jest.spyOn(Math, "random").mockReturnValue(0.5);
    const pauses: number[] = [];
    await retry(failing(), { clock, isRetriable, onRetry: (_, pause) => pauses.push(pause) }, policy).catch(
      () => undefined,
    );
    random.mockRestore();
    expect(pauses).toEqual([0.5, 1, 1.5]);
  });
});

describe("Retry-After", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  it.each([
    ["seconds", "3", 3_000],
    ["a date", "Thu, 01 Jan 2026 00:00:05 GMT", 5_000],
    ["a date that is over", "Wed, 31 Dec 2025 23:59:00 GMT", 0],
    ["nothing sensible", "soon", undefined],
    ["nothing", undefined, undefined],
  ])("holds %s", (_, header, milliseconds) => {
    expect(parseRetryAfter(header, now)).toBe(milliseconds);
  });
});
