/** What an earlier run has begun to remove and did not live to see gone. */
import { MemoryStore } from "../../../src/journal";
import type { SvmState } from "../../../src/resources/svm/schema";
import { FakeClock } from "../../support/fake-clock";
import { clientFor } from "../../support/integration-server";
import { until } from "../../support/until";
import { DEPLOYED, REMOVED, type Run, SvmBench } from "./bench";

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

const run = (options?: Run) => bench.runWith(store, options);

const svms = () => bench.simulator.world.svms.allNamed("svm-1");
const removals = () => bench.simulator.requests.count(REMOVED);
const notes = () => store.names().filter((name) => name.startsWith("removal-"));
const noteText = () => {
  const found = store.read(notes()[0] ?? "");
  return found !== undefined && "text" in found ? found.text : "";
};

/** Whose task the server does not tell, as when the answer never came. */
function forgetTask(): void {
  // It is a line that was added.
  const [note] = noteText().split("\n\n");
  store.write(notes()[0]!, note!);
}

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

  test("is awaited, too, where the state does not know the SVM's id", async () => {
    const hold = await killedRun();
    const read = run().read({ ...state, id: null, taskId: null });
    hold.release();

    expect(await read).toBeNull();
  });

  test("and has failed has left the SVM there, and is forgotten", async () => {
    const hold = await killedRun();
    bench.simulator.world.tasks.failNext({ type: "DeleteSvm", message: "the disk is locked" });
    hold.release();

    expect(await run().read(state)).toMatchObject({ id: state.id, state: "Enabled" });
    expect(notes()).toEqual([]);
  });

  test("is awaited without its task, until the SVM is not listed any more", async () => {
    const hold = await killedRun();
    forgetTask();
    const read = run().read(state);
    hold.release();

    expect(await read).toBeNull();
  });

  test("is awaited by the task that the server lists", async () => {
    const hold = await killedRun();
    forgetTask();
    bench.simulator.habits.taskList = "3.0";
    const read = run().read(state);
    await until(() => noteText().includes("taskId"));
    hold.release();

    expect(await read).toBeNull();
  });

  test("without an answer is not expected to take effect any more after ten minutes", async () => {
    const hold = await killedRun();
    forgetTask();

    const next = run({ later: 600_001 });
    expect(await next.read(state)).toMatchObject({ id: state.id, state: "Enabled" });
    expect(notes()).toEqual([]);
    hold.release();
  });

  test("without an answer is awaited by a plan for two minutes from its request, and is said to be about to go", async () => {
    const hold = await killedRun();
    forgetTask();
    const clock = FakeClock.skipping();

    const next = run({ clock });
    expect(await next.read(state)).toMatchObject({ id: state.id });
    expect(clock.now()).toBeGreaterThan(100_000);
    expect(clock.now()).toBeLessThan(130_000);
    expect(next.warnings).toMatchObject([
      {
        detail: expect.stringMatching(
          /is not known to have ended.*asked for at .* may yet take effect until .*plan again then/s,
        ),
      },
    ]);
    expect(next.infos.map(([message]) => message)).toContainEqual(
      expect.stringMatching(
        /an earlier run has asked for its removal: waiting for its end, for (2 min|1\d\d s) at most$/,
      ),
    );

    const later = FakeClock.skipping();
    expect(await run({ clock: later, later: 180_000 }).read(state)).toMatchObject({ id: state.id });
    expect(later.now()).toBeLessThan(30_000);
    expect(notes()).toHaveLength(1);
    hold.release();
  });

  test("without an answer is awaited by whoever applies for as long as it may take effect", async () => {
    const hold = await killedRun();
    forgetTask();
    const clock = FakeClock.skipping();
    const update = run({ clock }).update(bench.onHost("svm-1", { settingsVersion: "2" }), state);

    await expect(update).resolves.toMatchObject({ id: state.id });
    expect(clock.now()).toBeGreaterThan(590_000);
    hold.release();
  });

  test("that the server's list of tasks does not know is waited for no more after a minute", async () => {
    bench.simulator.faults.add({ ...REMOVED, fault: { kind: "dropBefore" } });
    await expect(run({ clock: FakeClock.skipping() }).delete(state)).rejects.toThrow();
    expect(notes()).toHaveLength(1);
    bench.simulator.habits.taskList = "3.0";
    const clock = FakeClock.skipping();

    const next = run({ clock, later: 61_000 });
    expect(await next.read(state)).toMatchObject({ id: state.id, state: "Enabled" });
    expect([next.warnings, notes()]).toEqual([[], []]);
  });

  test("and takes too long leaves the SVM in the state, with a warning", async () => {
    const hold = await killedRun();

    const next = run({ clock: FakeClock.skipping(600_000) });
    const read = next.read(state);
    expect(await read).toMatchObject({ id: state.id });
    expect(next.warnings).toMatchObject([
      { detail: expect.stringContaining("Its removal, which was asked for earlier, is not known to have ended.") },
    ]);
    await expect(run({ clock: FakeClock.skipping(600_000) }).delete(state)).rejects.toMatchObject({
      detail: expect.stringContaining("Apply again when that has ended."),
    });
    hold.release();
  });

  test("is awaited by a deployment of the same name in the same place", async () => {
    const hold = await killedRun();
    const creation = run().create(bench.onHost("svm-1"));
    hold.release();

    expect((await creation).id).toBe(svms()[0]?.vm.id);
    expect([svms().length, bench.simulator.requests.count(DEPLOYED)]).toEqual([1, 2]);
  });
});

test("what was removed, and is in a state that was not written in time, is gone although a list shows it", async () => {
  await run().delete(state);
  run().stored(state);

  expect(await run().read(state)).toBeNull();
});

test("it is gone, too, when its connection was removed after it", async () => {
  await run().delete(state);
  run().stored(state);
  await bench.client.infrastructures.delete(bench.infrastructureId);

  const next = run();
  expect(await next.read(state)).toBeNull();
  expect(next.warnings).toEqual([]);
});

test("what lists had lost for a while, and is there all the same, is asked for as before from then on", async () => {
  const client = clientFor(SvmBench.clientOf(bench.simulator), {
    store,
    scope: { workspace: "default", stack: "test" },
  });
  client.journal.gone("svm", `${state.infrastructureId}/${state.id}`);
  const refreshes = () => bench.simulator.requests.count({ method: "POST", path: "*/refresh" });
  const reads = async () => {
    const next = run();
    next.stored(state);
    return next.read(state);
  };

  expect(await reads()).toMatchObject({ id: state.id });
  const asked = refreshes();
  expect(asked).toBeGreaterThan(0);
  expect(await reads()).toMatchObject({ id: state.id });
  expect(refreshes()).toBe(asked);
});

describe("an SVM that exists already is not to be imported", () => {
  const refused = (detail: RegExp, driver = run()) =>
    expect(driver.create(bench.onHost("svm-1"))).rejects.toMatchObject({
      summary: expect.stringContaining('Unable to deploy the SVM "svm-1"'),
      detail: expect.stringMatching(detail),
    });

  test("where this state has it: create_before_destroy, or a name that passes on", async () => {
    await refused(
      /already exists.*The state of this configuration has it already.*create_before_destroy.*apply again.*journal forget memory\/held/s,
    );
    await expect(run().create(bench.onHost("svm-1"))).rejects.not.toMatchObject({
      detail: expect.stringContaining("import"),
    });
  });

  test("where another state has it", async () => {
    await refused(/The state of the workspace "default" of test has it.*terraform state rm/s, run({ stack: "other" }));
  });

  test("where another resource of the same run has just made it", async () => {
    store = new MemoryStore();
    const driver = run();
    await driver.create(bench.onHost("svm-2"));

    await expect(driver.create(bench.onHost("svm-2"))).rejects.toMatchObject({
      detail: expect.stringContaining(
        "Another resource of this configuration has it. Give each its own name or place.",
      ),
    });
  });
});
