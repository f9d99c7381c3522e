/**
 * What a deployment has left behind that did not end well, and Terraform has as tainted: with create_before_destroy its successor is
 * made first, and wants the same name.
 */
import { MemoryStore } from "../../../src/journal";
import type { SvmState } from "../../../src/resources/svm/schema";
import { until } from "../../support/until";
import { CLOUD, DEPLOYED, REMOVED, type Run, SvmBench, type SvmDriver } from "./bench";

let bench: SvmBench;
let store: MemoryStore;

const start = async (...infrastructure: Parameters<typeof SvmBench.start>) => {
  bench = await SvmBench.start(...infrastructure);
  store = new MemoryStore();
};
beforeEach(() => start());
afterEach(() => bench.stop());

const run = (options?: Run) => bench.runWith(store, options);
const configured = (others = {}, name = "svm-1") => bench.onHost(name, others);
const svms = (name = "svm-1") => bench.simulator.world.svms.allNamed(name).map(({ vm }) => vm);
const entries = () => store.names().filter((name) => name.startsWith("svm-"));
const sent = () => [bench.simulator.requests.count(DEPLOYED), bench.simulator.requests.count(REMOVED)];
/** By the last line about it. */
const holds = (id: string) => {
  const found = store.read("held");
  const text = found !== undefined && "text" in found ? found.text : "";
  const lines = text.split("\n").filter((line) => line.includes(id));
  return lines.length > 0 && !lines.at(-1)!.includes('"gone"');
};
const failNext = (svmName?: string, step = "StartSvm") =>
  bench.simulator.world.tasks.failNext({
    parameters: { deployStepName: step, ...(svmName !== undefined && { svmName }) },
    message: "no memory",
  });

/** As Terraform has it after a deployment that has failed when the machine was there. */
async function failed(configuration = configured()): Promise<SvmState> {
  failNext();
  const driver = run();
  await expect(driver.create(configuration)).rejects.toMatchObject({ detail: expect.stringContaining("tainted") });
  return bench.tainted(driver, configuration);
}

/** As Terraform has it after a deployment that somebody has interrupted, and that goes on on the server. */
async function interrupted(): Promise<{ readonly state: SvmState; release(): void }> {
  const interruption = new AbortController();
  const hold = bench.simulator.world.tasks.hold({ parameters: { deployStepName: "UploadSvmImage" } });
  const driver = run({ signal: interruption.signal });
  const creation = driver.create(configured());
  await hold.reached;
  await until(() => driver.infos.some(([message]) => message.endsWith("deploying")));
  interruption.abort(new Error("Ctrl-C"));
  await expect(creation).rejects.toThrow();
  return { state: bench.tainted(driver, configured()), release: () => hold.release() };
}

/** Plans to make what these states have anew, as Terraform does with what is tainted; returns the process that applies that. */
async function planned(...states: readonly SvmState[]): Promise<SvmDriver> {
  const planning = run();
  for (const state of states) {
    planning.stored(state);
    await planning.plan(configurationOf(state));
  }
  return run();
}

const configurationOf = ({ name, openstack }: SvmState) =>
  openstack === null ? configured({}, name) : bench.inProject(name);

describe("create_before_destroy", () => {
  test("removes what a failed deployment has left, deploys, and finds nothing to remove then", async () => {
    const state = await failed();

    const driver = await planned(state);
    const successor = await driver.create(configured());
    expect(sent()).toEqual([2, 1]);
    expect(svms()).toEqual([expect.objectContaining({ id: successor.id })]);
    expect(driver.warnings).toEqual([
      {
        summary: expect.stringMatching(/^What was left of the SVM "svm-1" .* was removed first$/),
        detail: expect.stringContaining(`"${state.id}"`),
      },
    ]);

    driver.stored(state);
    await driver.delete(state);
    expect(sent()).toEqual([2, 1]);
    expect(svms()).toHaveLength(1);
    expect(holds(state.id!)).toBe(false);
    run().stored(successor);
    expect(entries()).toEqual([]);
  });

  test("removes the state alone where the platform has given the id to the successor", async () => {
    const state = await failed();
    const driver = await planned(state);
    const { id, ...others } = await driver.create(configured());
    bench.simulator.world.svms.update(id!, { id: state.id! });

    await driver.delete(state);
    expect(svms()).toHaveLength(1);
    await driver.delete({ ...others, id: state.id });
    expect(svms()).toEqual([]);
  });

  test("deploys anew, too, where the machine has gone meanwhile", async () => {
    const state = await failed();
    bench.simulator.world.svms.remove(state.id!);

    const driver = await planned(state);
    await driver.create(configured());
    await driver.delete(state);
    expect([sent(), svms().length]).toEqual([[2, 0], 1]);
  });

  test("of a fleet removes the remains of those that failed in one request, and deploys them in one", async () => {
    const names = ["a", "b", "c"];
    for (const _ of [1, 2]) failNext();
    const first = run();
    const outcomes = await Promise.allSettled(names.map((name) => first.create(configured({}, name))));
    const bad = names.filter((_, index) => outcomes[index]?.status === "rejected");
    expect(bad).toHaveLength(2);
    const states = bad.map((name) => {
      const { id, state: _state, ...vm } = svms(name)[0]!;
      return { ...bench.tainted(first, configured({}, name)), id, name: vm.name };
    });

    const driver = await planned(...states);
    await Promise.all(bad.map((name) => driver.create(configured({}, name))));
    await Promise.all(states.map((state) => driver.delete(state)));
    expect(sent()).toEqual([2, 1]);
    expect(names.map((name) => svms(name).length)).toEqual([1, 1, 1]);
  });

  test("fails where the remains cannot be removed, and goes on the next time", async () => {
    const state = await failed();
    bench.simulator.world.tasks.failNext({ type: "DeleteSvm", message: "the disk is locked" });

    await expect((await planned(state)).create(configured())).rejects.toMatchObject({
      detail: expect.stringContaining("the disk is locked"),
    });
    expect(sent()).toEqual([1, 1]);

    await (await planned(state)).create(configured());
    expect([sent(), svms().length]).toEqual([[2, 2], 1]);
  });

  test("waits for a deployment that goes on after an interruption, and leaves what came of it alone", async () => {
    const { state, release } = await interrupted();
    const driver = await planned(state);
    const creation = driver.create(configured());
    release();

    await expect(creation).rejects.toMatchObject({
      summary: expect.stringContaining("Unable to deploy the SVM"),
      detail: expect.stringMatching(/is tainted in the state.*nothing was removed.*terraform untaint.*-target/is),
    });
    expect([sent(), svms().length]).toEqual([[1, 0], 1]);
  });

  test("removes what is left of one that has failed after an interruption", async () => {
    const { state, release } = await interrupted();
    failNext();
    const driver = await planned(state);
    const creation = driver.create(configured());
    release();

    await creation;
    await driver.delete(state);
    expect([sent(), svms().length]).toEqual([[2, 1], 1]);
  });
});

describe("what is not touched", () => {
  test("one that the user has untainted", async () => {
    const state = await failed();
    await planned(state);
    const planning = run();
    planning.stored(state);
    await planning.plan(configured({ imageId: "another" }), await planning.read(state));

    await expect(run().create(configured())).rejects.toMatchObject({
      detail: expect.stringMatching(/already exists.*The state of this configuration has it/s),
    });
    expect([sent(), svms().length]).toEqual([[1, 0], 1]);
  });

  test("one that the state does not have any more", async () => {
    await planned(await failed());
    await run().plan(configured());

    await expect(run().create(configured())).rejects.toMatchObject({
      summary: expect.stringContaining("Unable to take over"),
    });
    expect([sent(), svms().length]).toEqual([[1, 0], 1]);
  });

  test("one that is in order", async () => {
    const state = await run().create(configured());
    run().stored(state);

    await expect(run().create(configured({ imageId: "another" }))).rejects.toMatchObject({
      detail: expect.stringContaining("create_before_destroy"),
    });
    expect([sent(), svms().length]).toEqual([[1, 0], 1]);
  });
});

test("plain replacement removes and deploys as ever", async () => {
  const state = await failed();

  const driver = await planned(state);
  await driver.delete(state);
  await driver.create(configured());
  expect([sent(), svms().length]).toEqual([[2, 1], 1]);
});

test("in OpenStack, too", async () => {
  await bench.stop();
  await start(CLOUD);
  const configuration = bench.inProject("svm-1");
  const driver = run();
  bench.simulator.world.tasks.failNext({ parameters: { deployStepName: "StartSvm" }, message: "no memory" });
  await expect(driver.create(configuration)).rejects.toThrow();
  const state = bench.tainted(driver, configuration);

  const next = await planned(state);
  await next.create(configuration);
  await next.delete(state);
  expect([sent(), svms().length]).toEqual([[2, 1], 1]);
});
