/** What an earlier run has begun to remove and did not live to see gone. */
import { MemoryStore } from "../../../src/journal";
import { svm } from "../../../src/resources/svm";
import type { SvmState } from "../../../src/resources/svm/schema";
import { clientFor } from "../../support/integration-server";
import { ResourceDriver } from "../../support/life-cycle";
import { until } from "../../support/until";
import { DEPLOYED, REMOVED, SvmBench, type SvmDriver } from "./bench";

let bench: SvmBench;
let store: MemoryStore;
let state: SvmState;

beforeEach(async () => {
  bench = await SvmBench.start();
  store = new MemoryStore();
  // Clients live a hundred times as fast as the system's clock, by which the server tells its period.
  const rewrite = (body: string) =>
    body.replace(/("updatePeriodSeconds": ?)([\d.]+)/g, (_, name, s) => `${name}${Number(s) * 100}`);
  bench.simulator.faults.add({
    path: /\/infrastructures\/[^/]+$/,
    times: Number.POSITIVE_INFINITY,
    fault: { kind: "rewrite", rewrite },
  });
  bench.simulator.habits.lists = "lagging";
  bench.simulator.habits.updatePeriodSeconds = 50;
  state = await run().create(bench.onHost("svm-1"));
  run().stored(state);
});
afterEach(() => bench.stop());

interface Run {
  /** How much later than it is. */
  readonly later?: number;
  readonly signal?: AbortSignal;
}

/** Another process, with the journal of those before. */
function run({ later = 0, signal }: Run = {}): SvmDriver {
  const options = { store, now: () => Date.now() + later };
  return new ResourceDriver(svm, clientFor(SvmBench.clientOf(bench.simulator), options), signal);
}

const svms = () => bench.simulator.world.svms.allNamed("svm-1");
const removals = () => bench.simulator.requests.count(REMOVED);
const notes = () => store.names().filter((name) => name.startsWith("removal-"));
const noteText = () => {
  const found = store.read(notes()[0] ?? "");
  return found !== undefined && "text" in found ? found.text : "";
};

/** A run that was killed while the server removes the SVM. */
async function killedRun(): Promise<{ release(): void }> {
  const kill = new AbortController();
  const hold = bench.simulator.world.tasks.hold({ type: "DeleteSvm" });
  const removal = run({ signal: kill.signal }).delete(state);
  await hold.reached;
  await until(() => noteText().includes("taskId"));
  kill.abort(new Error("killed"));
  await expect(removal).rejects.toThrow();
  return hold;
}

describe("a removal that goes on without the run that has begun it", () => {
  test("is awaited by a read, which does not believe a list that still shows the SVM", async () => {
    const hold = await killedRun();
    const read = run().read(state);
    hold.release();

    expect(await read).toBeNull();
    expect(svms()).toEqual([]);
    expect(notes()).toEqual([]);
  });

  test("and has ended before the next run begins is no less known", async () => {
    const hold = await killedRun();
    hold.release();
    await until(() => svms().length === 0);

    expect(await run().read(state)).toBeNull();
  });

  test("is awaited by another removal, which sends nothing", async () => {
    const hold = await killedRun();
    const again = run().delete(state);
    hold.release();

    await again;
    expect([svms(), removals(), notes()]).toEqual([[], 1, []]);
  });

  test("is awaited by a deployment of the same name in the same place", async () => {
    const hold = await killedRun();
    const creation = run().create(bench.onHost("svm-1"));
    hold.release();

    expect((await creation).id).toBe(svms()[0]?.vm.id);
    expect([svms().length, bench.simulator.requests.count(DEPLOYED)]).toEqual([1, 2]);
  });
});
