/** Signals and lost connections while an SVM is deployed, and what the next run makes of it. */
import { execFileSync } from "node:child_process";
import type { TaskHold } from "../../src/simulator";
import { until } from "../support/until";
import { planned, stateOf } from "./support/quick";
import { groupIsAlive, type Running } from "./support/run";
import { flatten } from "./support/screen";
import { DEPLOYED, REMOVED, SvmBench } from "./support/svms";

jest.setTimeout(30_000);

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

/** Process ids of the plugins in Terraform's process group. */
function pluginsIn(group: number): number[] {
  const processes = execFileSync("ps", ["-A", "-o", "pid=,pgid=,args="], { encoding: "utf8" });
  return processes
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, pgid, ...args]) => Number(pgid) === group && args.join(" ").includes("terraform-provider-ksvla"))
    .map(([pid]) => Number(pid));
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

test("Ctrl-C while it is removed keeps the SVM in the state; the next destroy finishes, whatever has become of it", async () => {
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
  await until(() => bench.simulator.requests.count(REMOVED) === 2);
  hold.release();
  await next;
  expect(bench.names).toEqual([]);
  expect(stateOf(bench.workspace)).toEqual({});
});

describe("a killed plugin", () => {
  test("loses the state; the next apply deploys no second SVM but says how to import the first one", async () => {
    const { apply, release } = await heldApply(AFTER);

    killPlugins(apply);
    expect((await apply.finished).code).toBe(1);
    await release();
    const output = await failingApply();

    const id = `${bench.infrastructureId}/${deployedId()}`;
    expect(output).toContain(`terraform import ADDRESS ${id}`);
    await bench.workspace.import(ADDRESS, id);
    await bench.workspace.apply();
    expect(bench.deployments).toEqual([["svm"]]);
    expect(bench.names).toEqual(["svm"]);
    expect(await planned(bench.workspace)).toEqual({});
  });
});

test.each([
  ["plugin", killPlugins],
  ["Terraform", (apply: Running) => apply.kill("SIGKILL")],
])(
  "a killed %s is outlived by its deployment: the next apply waits for that, and deploys no second SVM",
  async (_, kill) => {
    const { apply, release } = await heldApply(BEFORE);
    kill(apply);
    await until(() => !groupIsAlive(apply.pid));

    const second = bench.workspace.start(["apply", "-auto-approve", "-lock=false"]);
    await bench.looked();
    await release();
    const { code, output } = await second.finished;

    expect(code).toBe(1);
    expect(flatten(output)).toContain(`terraform import ADDRESS ${bench.infrastructureId}/${deployedId()}`);
    expect(bench.deployments).toEqual([["svm"]]);
    expect(bench.names).toEqual(["svm"]);
  },
);

test("a killed Terraform leaves no plugin behind, and the next run finds the SVM", async () => {
  const { apply, release } = await heldApply(AFTER);

  apply.kill("SIGKILL");
  await until(() => !groupIsAlive(apply.pid));
  await release();
  const output = await failingApply();

  expect(output).toContain(`terraform import ADDRESS ${bench.infrastructureId}/${deployedId()}`);
  expect(bench.names).toEqual(["svm"]);
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
    expect(output).toContain(`import it with the id "${bench.infrastructureId}/<SVM id>"`);
    expect(bench.names).toEqual([]);

    await bench.workspace.apply();
    expect(bench.names).toEqual(["svm"]);
  });
});
