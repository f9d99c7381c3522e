/** How near batches come to what a server and Terraform take at least, on a clock that stands still meanwhile. */
import { Batcher } from "../../../src/integration-server/waiting/batcher";
import { sleep } from "../../../src/integration-server/waiting/clock";
import { Slots } from "../../../src/integration-server/waiting/slots";
import { FakeClock } from "../../support/fake-clock";

/** Times are in milliseconds. */
interface Fleet {
  readonly svms: number;
  /** How many the server works on at a time. */
  readonly slots: number;
  /** How many resources Terraform works on at a time. */
  readonly parallelism: number;
  /** From the request to its end, as somebody sees it. */
  readonly duration: () => number;
  /** Between the end of one and the beginning of the next, Terraform writes its state: one at a time, and the more the longer. */
  readonly writing: (written: number) => number;
}

const TIMING = { quiet: 300, longest: 3_000, grace: 5_000 };
/** What is asked before a request, and the request itself. */
const REQUEST = 30;

async function run({ svms, slots: capacity, parallelism, duration, writing }: Fleet) {
  const clock = new FakeClock();
  const slots = new Slots(capacity, clock);
  let atWork = 0;
  let most = 0;
  const requests: number[] = [];
  const batcher = new Batcher<number, number>({
    clock,
    timing: TIMING,
    slots,
    isDivisible: () => false,
    send: async (items) => {
      await sleep(clock, REQUEST);
      return requests.push(items.length);
    },
  });
  let written = 0;
  let writes = Promise.resolve();
  const work = async (item: number): Promise<void> => {
    const { done } = await batcher.submit("k", item);
    atWork += 1;
    most = Math.max(most, atWork);
    const taken = duration();
    clock.after(taken, () => {
      atWork -= 1;
    });
    await sleep(clock, taken);
    done();
    written += 1;
    const length = writing(written);
    writes = writes.then(() => sleep(clock, length));
    await writes;
  };
  const left = Array.from({ length: svms }, (_, index) => index);
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  };
  let took = Number.POSITIVE_INFINITY;
  const all = Promise.all(Array.from({ length: parallelism }, worker)).then(() => {
    took = clock.now();
  });
  while (took === Number.POSITIVE_INFINITY) await clock.advance(1_000);
  await all;
  return { took, most, requests };
}

describe("two hundred tasks of five seconds, ten at a time", () => {
  /** With how long after its end somebody sees it. */
  const TASK = 5_000 + 30;
  const writing = () => 7;

  it.each([10, 100])("take no more than 104 seconds, %i of them known at a time", async (parallelism) => {
    const fleet = { svms: 200, slots: 10, parallelism, duration: () => TASK, writing };
    const { took, most, requests } = await run(fleet);
    expect(took).toBeLessThanOrEqual(104_000);
    expect(most).toBe(10);
    expect(requests.length).toBeLessThanOrEqual(40);
  });
});

describe.each([
  ["seconds", 1],
  ["minutes", 60],
])("two hundred tasks of three to seven %s, ten at a time", (_, unit) => {
  it("are never more at a time, and hardly ever less", async () => {
    let count = 0;
    const duration = () => (3_000 + ((count++ * 1_237) % 4_000)) * unit;
    const { took, most, requests } = await run({ svms: 200, slots: 10, parallelism: 100, duration, writing: () => 7 });
    expect(most).toBe(10);
    expect(took).toBeLessThanOrEqual(106_000 * unit);
    expect(requests.length).toBeLessThan(190);
  });
});

describe("a thousand tasks that take next to nothing, a hundred at a time", () => {
  it.each([20, 60, 200])("keep Terraform busy, which writes its state for the last one in %i ms", async (slowest) => {
    const writing = (written: number) => (slowest * written) / 1_000;
    const all = Array.from({ length: 1_000 }, (_, index) => writing(index + 1)).reduce((sum, each) => sum + each);
    const { took, requests } = await run({ svms: 1_000, slots: 100, parallelism: 100, duration: () => 250, writing });
    expect(took).toBeLessThanOrEqual(all + 1_200);
    expect(requests.length).toBeLessThanOrEqual(16);
  });

  it("keep Terraform busy, too, where the server takes as many as come", async () => {
    const slots = Number.POSITIVE_INFINITY;
    const { took, requests } = await run({
      svms: 1_000,
      slots,
      parallelism: 100,
      duration: () => 250,
      writing: () => 30,
    });
    expect(took).toBeLessThanOrEqual(30_000 + 1_200);
    expect(requests.length).toBeLessThanOrEqual(16);
  });

  it("are not asked for one by one where Terraform has to wait for its turn itself", async () => {
    const writing = (written: number) => (written % 17 === 0 ? 1_400 : 40 * (written % 9));
    const { requests } = await run({ svms: 400, slots: 100, parallelism: 100, duration: () => 600, writing });
    expect(requests.length).toBeLessThanOrEqual(10);
  });
});
