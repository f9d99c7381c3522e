/** Signals and lost connections while an SVM is deployed, and what the next run makes of it. */
import type { TaskHold } from "../../src/simulator";
import { until } from "../support/until";
import { planned, stateOf } from "./support/quick";
import { groupIsAlive, pluginsIn, type Running } from "./support/run";
import { flatten } from "./support/screen";
import { DEPLOYED, REMOVED, SvmBench } from "./support/svms";

/** There is no SVM before this step has ended. */
const BEFORE = { parameters: { svmName: "svm", deployStepName: "UploadSvmImage" } };
/** There is an SVM from the step before on. */
const AFTER = { parameters: { svmName: "svm", deployStepName: "StartSvm" } };
const ADDRESS = "ksvla_svm.svm";

let bench: SvmBench;
let held: TaskHold[] = [];

beforeAll(async () => {
  bench = await SvmBench.start();
});
afterAll(() => bench.stop());
beforeEach(() => bench.write(bench.onHost("svm")));
afterEach(async () => {
  for (const hold of held) hold.release();
  held = [];
  await Promise.all(bench.tasks("DeployMultipleSvm").map(({ id }) => bench.simulator.world.tasks.settled(id)));
  bench.reset();
});

const start = () => bench.workspace.start(["apply", "-auto-approve"]);
const failingApply = async () => flatten((await bench.workspace.failingApply()).output);
const deployedId = () => bench.simulator.world.svms.named("svm").vm.id;

/** An apply that waits in a step, and what lets the deployment go on. */
async function heldApply(filter: typeof BEFORE): Promise<{ apply: Running; release: () => Promise<void> }> {
  const hold = bench.simulator.world.tasks.hold(filter);
  held.push(hold);
  const apply = start();
  const { parentId } = await hold.reached;
  await bench.looked();
  const root = bench.simulator.world.tasks.get(parentId!)!.parentId!;
  const release = async () => {
    hold.release();
    await bench.simulator.world.tasks.settled(root);
  };
  return { apply, release };
}

function killPlugins(apply: Running): void {
  for (const plugin of pluginsIn(apply.pid)) process.kill(plugin, "SIGKILL");
}

describe("Ctrl-C", () => {
  test.each([
    ["before the SVM exists", BEFORE, null],
    ["when the SVM exists", AFTER, deployedId],
  ])("%s keeps its task, and what is known of it, in the state; the next apply replaces it", async (_, step, id) => {
    const { apply, release } = await heldApply(step);

    apply.interrupt();
    const { output } = await apply.finished;
    expect(flatten(output)).toContain("goes on as task");
    expect(stateOf(bench.workspace)[ADDRESS]).toMatchObject({
      tainted: true,
      values: { id: id?.() ?? null, task_id: bench.tasks("DeployMultipleSvm").at(-1)?.id },
    });
    await release();

    await bench.workspace.apply();
    expect(bench.names).toEqual(["svm"]);
    expect(stateOf(bench.workspace)[ADDRESS]).toMatchObject({ tainted: false, values: { id: deployedId() } });
    expect(await planned(bench.workspace)).toEqual({});
  });
});

test("Ctrl-C while it is removed keeps the SVM in the state; the next destroy waits for its end and sends nothing", async () => {
  await bench.workspace.apply();
  const hold = bench.simulator.world.tasks.hold({ type: "DeleteSvm" });
  held.push(hold);
  const destroy = bench.workspace.start(["destroy", "-auto-approve"]);
  await hold.reached;
  await bench.looked();

  destroy.interrupt();
  await destroy.finished;
  expect(Object.keys(stateOf(bench.workspace))).toEqual([ADDRESS]);

  const next = bench.workspace.destroy();
  await bench.looked();
  hold.release();
  await next;
  expect(bench.names).toEqual([]);
  expect(stateOf(bench.workspace)).toEqual({});
  expect(bench.simulator.requests.count(REMOVED)).toBe(1);
});

test("a removal that outlives its plugin is awaited by the next apply, which believes no late list and deploys the SVM", async () => {
  const { habits } = bench.simulator;
  await bench.workspace.apply();
  const before = deployedId();
  Object.assign(habits, { lists: "lagging", updatePeriodSeconds: 100 });
  const hold = bench.simulator.world.tasks.hold({ type: "DeleteSvm" });
  held.push(hold);
  const destroy = bench.workspace.start(["destroy", "-auto-approve"]);
  await hold.reached;
  await bench.looked();
  for (const plugin of pluginsIn(destroy.pid)) process.kill(plugin, "SIGTERM");
  await destroy.finished;
  hold.release();
  await until(() => bench.names.length === 0);

  await bench.workspace.apply();

  Object.assign(habits, { lists: "current", updatePeriodSeconds: 10 });
  expect(bench.names).toEqual(["svm"]);
  expect(deployedId()).not.toBe(before);
  expect(await planned(bench.workspace)).toEqual({});
});

test.each([
  ["plugin", killPlugins],
  ["Terraform", (apply: Running) => apply.kill("SIGKILL")],
])(
  "a killed %s is outlived by its deployment: the next apply waits for that, and takes the SVM over",
  async (_, kill) => {
    const { apply, release } = await heldApply(BEFORE);
    kill(apply);
    await until(() => !groupIsAlive(apply.pid));

    const second = bench.workspace.start(["apply", "-auto-approve", "-lock=false"]);
    await bench.looked();
    await release();
    const { code, output } = await second.finished;

    expect(code).toBe(0);
    expect(flatten(output)).toContain("was taken over from an earlier run");
    expect(stateOf(bench.workspace)[ADDRESS]).toMatchObject({ tainted: false, values: { id: deployedId() } });
    expect(bench.deployments).toEqual([["svm"]]);
    expect(await planned(bench.workspace)).toEqual({});
  },
);

test("what a killed run has deployed is taken over where it is as configured now, and replaced where it cannot be", async () => {
  const { apply, release } = await heldApply(AFTER);
  apply.kill("SIGKILL");
  await until(() => !groupIsAlive(apply.pid));
  await release();
  const before = deployedId();

  const host = { ...bench.host(), storage_id: bench.vcenter.hosts[0]!.storages[1]!.id };
  bench.write(bench.onHost("svm", { host }));
  expect(await failingApply()).toContain("was made with other settings");
  expect(stateOf(bench.workspace)[ADDRESS]).toMatchObject({ tainted: true, values: { id: before } });
  await bench.workspace.apply();
  expect(bench.names).toEqual(["svm"]);
  expect(deployedId()).not.toBe(before);
});

describe("a connection that breaks", () => {
  test("after the request was sent: the SVM is found and taken over", async () => {
    bench.simulator.faults.add({ ...DEPLOYED, fault: { kind: "dropAfter" } });

    const { output } = await bench.workspace.apply();

    expect(flatten(output)).toContain("Warning: The report on the deployment of the SVM");
    expect(bench.deployments).toEqual([["svm"]]);
    expect(stateOf(bench.workspace)[ADDRESS]).toMatchObject({ tainted: false, values: { id: deployedId() } });
    expect(await planned(bench.workspace)).toEqual({});
  });

  test("before the server has read the request: an error that names the SVM, and the next apply deploys it", async () => {
    bench.simulator.faults.add({ ...DEPLOYED, fault: { kind: "dropBefore" } });
    bench.write(bench.onHost("svm", { timeouts: { create: "3s" } }));

    const output = await failingApply();
    expect(output).toContain('Unable to deploy the SVM "svm"');
    expect(output).toContain("The next apply looks again");
    expect(bench.names).toEqual([]);

    await bench.workspace.apply();
    expect(bench.names).toEqual(["svm"]);
  });
});
