import { Batcher, type BatcherOptions } from "../../../src/integration-server/waiting/batcher";
import { Slots } from "../../../src/integration-server/waiting/slots";
import { FakeClock } from "../../support/fake-clock";

const TIMING = { quiet: 300, longest: 3_000, grace: 5_000 };

class Refusal extends Error {}

/** A batcher that remembers what it sent; the receipt is the number of the request. */
function recording(options: Partial<BatcherOptions<string, number>> = {}) {
  const sent: (readonly string[])[] = [];
  const batcher = new Batcher<string, number>({
    clock,
    timing: TIMING,
    send: async (items) => sent.push(items),
    isDivisible: (error) => error instanceof Refusal,
    ...options,
  });
  return { sent, batcher };
}

/** Answers when it is told to. */
function slowServer() {
  const signals: AbortSignal[] = [];
  const answers: ((receipt: number) => void)[] = [];
  const refusals: ((error: unknown) => void)[] = [];
  const send = (_: readonly string[], signal: AbortSignal): Promise<number> => {
    signals.push(signal);
    return new Promise((resolve, reject) => {
      answers.push(resolve);
      refusals.push(reject);
      signal.addEventListener("abort", () => reject(new Error("answer lost")));
    });
  };
  return { send, signals, answers, refusals };
}

const outcomes = (promises: readonly Promise<unknown>[]) => Promise.allSettled(promises);

let clock: FakeClock;
beforeEach(() => {
  clock = new FakeClock();
});

describe("a batch", () => {
  it("goes out when nothing has come for a while", async () => {
    const { sent, batcher } = recording();
    void batcher.submit("k", "a");
    await clock.advance(299);
    void batcher.submit("k", "b");
    await clock.advance(299);
    expect(sent).toEqual([]);
    await clock.advance(1);
    expect(sent).toEqual([["a", "b"]]);
  });

  it("goes out after the longest wait though more keeps coming", async () => {
    const { sent, batcher } = recording();
    for (let time = 0; time < 3_000; time += 200) {
      void batcher.submit("k", `${time}`);
      await clock.advance(200);
    }
    expect(sent).toHaveLength(1);
    expect(sent[0]).toHaveLength(15);
  });

  it("is followed by another one for what comes later", async () => {
    const { sent, batcher } = recording();
    void batcher.submit("k", "a");
    await clock.advance(300);
    void batcher.submit("k", "b");
    await clock.advance(300);
    expect(sent).toEqual([["a"], ["b"]]);
  });

  it("holds items of one key only", async () => {
    const { sent, batcher } = recording();
    void batcher.submit("k1", "a");
    void batcher.submit("k2", "b");
    void batcher.submit("k1", "c");
    await clock.advance(300);
    expect(new Set(sent)).toEqual(new Set([["a", "c"], ["b"]]));
  });

  it("tells every caller what went out together, and the receipt", async () => {
    const { batcher } = recording();
    const both = Promise.all([batcher.submit("k", "a"), batcher.submit("k", "b")]);
    await clock.advance(300);
    expect(await both).toMatchObject([
      { receipt: 1, items: ["a", "b"] },
      { receipt: 1, items: ["a", "b"] },
    ]);
  });

  it("leaves behind what is not admitted, with the reason", async () => {
    const admit = async (item: string): Promise<void> => {
      if (item === "b") throw new Error("b exists");
    };
    const { sent, batcher } = recording({ admit });
    const all = outcomes(["a", "b", "c"].map((item) => batcher.submit("k", item)));
    await clock.advance(300);
    expect(sent).toEqual([["a", "c"]]);
    expect(await all).toMatchObject([{ status: "fulfilled" }, { reason: { message: "b exists" } }, {}]);
  });

  it("is not sent when nothing in it is admitted", async () => {
    const { sent, batcher } = recording({ admit: () => Promise.reject(new Error("no")) });
    const all = outcomes([batcher.submit("k", "a")]);
    await clock.advance(300);
    await all;
    expect(sent).toEqual([]);
  });
});

describe("a batch that is refused", () => {
  const refusing = (bad: readonly string[]) => {
    const requests: (readonly string[])[] = [];
    const send = async (items: readonly string[]): Promise<number> => {
      requests.push(items);
      const found = items.filter((item) => bad.includes(item));
      if (found.length > 0) throw new Refusal(`bad: ${found}`);
      return requests.length;
    };
    return { requests, ...recording({ send }) };
  };
  const ten = Array.from({ length: 10 }, (_, index) => `svm-${index}`);

  it("is split until the bad one stands alone with its own reason", async () => {
    const { requests, batcher } = refusing(["svm-3"]);
    const all = outcomes(ten.map((item) => batcher.submit("k", item)));
    await clock.advance(300);
    const results = await all;
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(9);
    expect(results[3]).toMatchObject({ reason: { message: "bad: svm-3" } });
    expect(requests.length).toBeLessThanOrEqual(9);
  });

  it("sends nothing twice that was accepted", async () => {
    const { requests, batcher } = refusing(["svm-3", "svm-8"]);
    const all = outcomes(ten.map((item) => batcher.submit("k", item)));
    await clock.advance(300);
    await all;
    const accepted = requests.filter((items) => !items.includes("svm-3") && !items.includes("svm-8")).flat();
    expect(accepted.sort()).toEqual(ten.filter((item) => item !== "svm-3" && item !== "svm-8"));
  });

  it("fails as a whole when no single item can be the reason", async () => {
    const send = jest.fn().mockRejectedValue(new Error("not signed in"));
    const { batcher } = recording({ send });
    const all = outcomes(ten.map((item) => batcher.submit("k", item)));
    await clock.advance(300);
    expect(await all).toEqual(ten.map(() => expect.objectContaining({ reason: new Error("not signed in") })));
    expect(send).toHaveBeenCalledTimes(1);
  });

  it("is not sent again for whoever has left meanwhile", async () => {
    const { send, refusals } = slowServer();
    const requests: (readonly string[])[] = [];
    const { batcher } = recording({
      send: (items, signal) => {
        requests.push(items);
        return items.length === 3 ? send(items, signal) : Promise.resolve(0);
      },
    });
    const leaving = new AbortController();
    const all = outcomes([
      batcher.submit("k", "a", leaving.signal),
      batcher.submit("k", "b"),
      batcher.submit("k", "c"),
    ]);
    await clock.advance(300);
    leaving.abort(new Error("left"));
    refusals[0]?.(new Refusal());
    expect(await all).toMatchObject([
      { reason: { message: "left" } },
      { status: "fulfilled" },
      { status: "fulfilled" },
    ]);
    expect(requests.slice(1).flat()).toEqual(["b", "c"]);
  });
});

describe("a caller who leaves", () => {
  it("before the batch is sent is not part of it", async () => {
    const { sent, batcher } = recording();
    const leaving = new AbortController();
    const left = batcher.submit("k", "a", leaving.signal);
    void batcher.submit("k", "b");
    leaving.abort(new Error("left"));
    await expect(left).rejects.toThrow("left");
    await clock.advance(300);
    expect(sent).toEqual([["b"]]);
  });

  it("while it is being admitted is not part of it", async () => {
    const leaving = new AbortController();
    const { sent, batcher } = recording({
      admit: (item) => (item === "a" ? new Promise(() => undefined) : Promise.resolve()),
    });
    const all = outcomes([batcher.submit("k", "a", leaving.signal), batcher.submit("k", "b")]);
    await clock.advance(300);
    leaving.abort(new Error("left"));
    expect(await all).toMatchObject([{ reason: { message: "left" } }, { status: "fulfilled" }]);
    expect(sent).toEqual([["b"]]);
  });

  it("had left before it came is never sent", async () => {
    const { sent, batcher } = recording();
    await expect(batcher.submit("k", "a", AbortSignal.abort(new Error("left")))).rejects.toThrow("left");
    await clock.advance(300);
    expect(sent).toEqual([]);
  });

  it("while the request is under way still learns what became of it", async () => {
    const { send, signals, answers } = slowServer();
    const { batcher } = recording({ send });
    const leaving = new AbortController();
    const caller = batcher.submit("k", "a", leaving.signal);
    await clock.advance(300);
    leaving.abort(new Error("left"));
    await clock.advance(4_999);
    expect(signals[0]?.aborted).toBe(false);
    answers[0]?.(7);
    await expect(caller).resolves.toMatchObject({ receipt: 7 });
  });

  it("last does not wait for the answer for ever", async () => {
    const { send } = slowServer();
    const { batcher } = recording({ send });
    const leaving = new AbortController();
    const all = outcomes(["a", "b"].map((item) => batcher.submit("k", item, leaving.signal)));
    await clock.advance(300);
    leaving.abort(new Error("left"));
    await clock.advance(5_000);
    const lost = { reason: { message: "answer lost" } };
    expect(await all).toMatchObject([lost, lost]);
  });

  it("does not take the others' request along", async () => {
    const { send, signals, answers } = slowServer();
    const { batcher } = recording({ send });
    const leaving = new AbortController();
    const all = outcomes([batcher.submit("k", "a", leaving.signal), batcher.submit("k", "b")]);
    await clock.advance(300);
    leaving.abort(new Error("left"));
    await clock.advance(60_000);
    expect(signals[0]?.aborted).toBe(false);
    answers[0]?.(7);
    expect(await all).toMatchObject([{ status: "fulfilled" }, { status: "fulfilled" }]);
  });

  it("learns its own reason when the request never left", async () => {
    const send = (_: readonly string[], signal: AbortSignal): Promise<number> =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    const { batcher } = recording({ send });
    const [one, other] = [new AbortController(), new AbortController()];
    const all = outcomes([batcher.submit("k", "a", one.signal), batcher.submit("k", "b", other.signal)]);
    await clock.advance(300);
    one.abort(new Error("too late"));
    other.abort(new Error("interrupted"));
    await clock.advance(5_000);
    expect(await all).toMatchObject([{ reason: { message: "too late" } }, { reason: { message: "interrupted" } }]);
  });
});

describe("with slots, a batch", () => {
  const letters = (count: number) => Array.from({ length: count }, (_, index) => String.fromCharCode(97 + index));

  /** What was sent is done when the test says so. */
  function bounded(capacity: number, options: Partial<BatcherOptions<string, number>> = {}) {
    const slots = new Slots(capacity, clock);
    const { sent, batcher } = recording({ slots, ...options });
    const dones = new Map<string, () => void>();
    const submit = (item: string, key = "k", signal?: AbortSignal) =>
      batcher.submit(key, item, signal).then(({ done }) => dones.set(item, done));
    const done = (...items: readonly string[]) => {
      for (const item of items) dones.get(item)?.();
      return clock.advance(0);
    };
    return { slots, sent, batcher, submit, done };
  }

  it("goes at once when it takes all of them", async () => {
    const { sent, submit } = bounded(3);
    for (const item of letters(3)) void submit(item);
    await clock.advance(0);
    expect(sent).toEqual([["a", "b", "c"]]);
  });

  it("is no larger than there are free ones; what is left waits for them", async () => {
    const { sent, submit, done } = bounded(3);
    for (const item of letters(5)) void submit(item);
    await clock.advance(60_000);
    expect(sent).toEqual([["a", "b", "c"]]);
    await done("a", "b", "c");
    expect(sent).toEqual([
      ["a", "b", "c"],
      ["d", "e"],
    ]);
  });

  it("waits until half of them are free", async () => {
    const { sent, submit, done } = bounded(4);
    for (const item of letters(7)) void submit(item);
    await clock.advance(300_000);
    await done("a");
    await clock.advance(2_999);
    expect(sent).toHaveLength(1);
    await done("b");
    expect(sent[1]).toEqual(["e", "f"]);
  });

  it("goes with less when it has waited for the longest time that a batch may", async () => {
    const { sent, submit, done } = bounded(4);
    for (const item of letters(7)) void submit(item);
    await clock.advance(300_000);
    await done("a");
    await clock.advance(3_000);
    expect(sent[1]).toEqual(["e"]);
  });

  it("does not wait long for slots in which something takes no time", async () => {
    const { sent, submit, done } = bounded(4);
    for (const item of letters(7)) void submit(item);
    await clock.advance(5_000);
    await done("a");
    await clock.advance(99);
    expect(sent).toHaveLength(1);
    await clock.advance(1);
    expect(sent[1]).toEqual(["e"]);
  });

  it("fills while others are under way, and goes when they are done together", async () => {
    const { sent, submit, done } = bounded(2);
    for (const item of ["a", "b"]) void submit(item);
    await clock.advance(0);
    for (const item of ["c", "d"]) void submit(item);
    await done("a", "b");
    expect(sent).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  it("goes at once when as many have come as were done", async () => {
    const { sent, submit, done } = bounded(10);
    for (const item of letters(4)) void submit(item);
    await clock.advance(300);
    await done("a", "b");
    void submit("x");
    await clock.advance(299);
    void submit("y");
    await clock.advance(0);
    expect(sent).toEqual([letters(4), ["x", "y"]]);
    // Whoever comes now was not waited for, and may be one of many.
    void submit("z");
    await clock.advance(299);
    expect(sent).toHaveLength(2);
    await clock.advance(1);
    expect(sent[2]).toEqual(["z"]);
  });

  it("waits longer while others are to come for those that were done", async () => {
    const { sent, submit, done } = bounded(10);
    for (const item of letters(4)) void submit(item);
    await clock.advance(300);
    await done("a", "b", "c");
    void submit("x");
    await clock.advance(100);
    void submit("y");
    await clock.advance(899);
    expect(sent).toHaveLength(1);
    await clock.advance(1);
    expect(sent[1]).toEqual(["x", "y"]);
  });

  it("waits as long as others have let it wait before, and a bit", async () => {
    const { sent, submit, done } = bounded(10);
    for (const item of letters(6)) void submit(item);
    await clock.advance(300);
    await done("a", "b", "c", "d");
    void submit("x");
    await clock.advance(800);
    void submit("y");
    await clock.advance(1_199);
    expect(sent).toHaveLength(1);
    await clock.advance(1);
    expect(sent[1]).toEqual(["x", "y"]);
  });

  it("does not wait for the last ones when it takes most of the slots", async () => {
    const { sent, submit, done } = bounded(6);
    for (const item of letters(6)) void submit(item);
    await clock.advance(0);
    await done(...letters(6));
    for (const item of ["r", "s", "t"]) void submit(item);
    await clock.advance(300);
    expect(sent).toHaveLength(1);
    void submit("u");
    await clock.advance(0);
    expect(sent[1]).toEqual(["r", "s", "t", "u"]);
  });

  it("takes turns with batches of other keys, and of other batchers", async () => {
    const { slots, sent, submit, done } = bounded(1);
    const other = recording({ slots });
    void submit("a");
    await clock.advance(0);
    for (const item of ["b", "c"]) void submit(item);
    void other.batcher.submit("k", "x");
    await done("a");
    expect([sent, other.sent]).toEqual([[["a"], ["b"]], []]);
    await done("b");
    expect([sent, other.sent]).toEqual([[["a"], ["b"]], [["x"]]]);
  });

  it("is not kept waiting by who has left", async () => {
    const { sent, submit, done } = bounded(1);
    const leaving = new AbortController();
    void submit("a");
    await clock.advance(0);
    const left = submit("b", "k", leaving.signal);
    void submit("c");
    leaving.abort(new Error("left"));
    await expect(left).rejects.toThrow("left");
    await done("a");
    expect(sent).toEqual([["a"], ["c"]]);
  });

  it.each<[string, Partial<BatcherOptions<string, number>>]>([
    ["is not admitted", { admit: () => Promise.reject(new Error("no")) }],
    ["fails", { send: () => Promise.reject(new Error("no")) }],
    ["is refused", { send: () => Promise.reject(new Refusal()) }],
  ])("gives the slots back of what %s", async (_, options) => {
    const { slots, submit } = bounded(2, options);
    const all = outcomes(letters(2).map((item) => submit(item)));
    await clock.advance(0);
    await all;
    expect(slots.free).toBe(2);
  });

  it("gives the slot back of who leaves while it is being admitted", async () => {
    const { slots, submit } = bounded(1, { admit: () => new Promise(() => undefined) });
    const leaving = new AbortController();
    const left = submit("a", "k", leaving.signal);
    await clock.advance(0);
    expect(slots.free).toBe(0);
    leaving.abort(new Error("left"));
    await expect(left).rejects.toThrow("left");
    await clock.advance(0);
    expect(slots.free).toBe(1);
  });

  it("waits while more is under way than may be", async () => {
    const { slots, sent, submit } = bounded(1);
    const done = [slots.take(), slots.take()];
    void submit("a");
    await clock.advance(60_000);
    expect(sent).toEqual([]);
    for (const each of done) each();
    await clock.advance(0);
    expect(sent).toEqual([["a"]]);
  });
});
