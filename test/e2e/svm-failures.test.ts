import { startSimulator } from "../../src/simulator";
import { until } from "../support/until";
import { TIME_SCALE } from "./support/configuration";
import { planned, stateOf } from "./support/quick";
import { flatten } from "./support/screen";
import { DEPLOYED, SvmBench } from "./support/svms";

const TASKS = /\/virtualization\/tasks\//;

let bench: SvmBench;

beforeAll(async () => {
  bench = await SvmBench.start();
});
afterAll(() => bench.stop());

const failingApply = async () => flatten((await bench.workspace.failingApply()).output);
const state = () => stateOf(bench.workspace);
const taintedNames = () =>
  Object.values(state())
    .filter(({ tainted }) => tainted)
    .map(({ values }) => values["name"])
    .sort();

/** The part of the output that is about one SVM. */
function errorAbout(name: string, output: string): string {
  return output.split("Error: ").find((error) => error.startsWith(`Unable to deploy the SVM "${name}"`)) ?? "";
}

describe("deployments of one request that end badly, each in its way", () => {
  const NAMES = ["before-creation", "after-creation", "cancelled", "stopped", "good"];
  const LEFT_BEHIND = ["after-creation", "stopped"];
  let output = "";

  beforeAll(async () => {
    const { tasks } = bench.simulator.world;
    const at = (svmName: string, deployStepName: string) => ({ parameters: { svmName, deployStepName } });
    tasks.failNext({ ...at("before-creation", "UploadSvmImage"), message: "No space left." });
    tasks.failNext({ ...at("after-creation", "StartSvm"), message: "The host refused to start it." });
    tasks.stopNext({ ...at("cancelled", "UploadSvmImage"), state: "Cancelled" });
    tasks.stopNext({ ...at("stopped", "WaitForSvm"), state: "Stopped" });
    bench.write(...NAMES.map((name) => bench.onHost(name)));
    output = await failingApply();
  });
  afterAll(() => bench.reset());

  test.each([
    ["before-creation", "ended as Failed at UploadSvmImage: No space left."],
    ["after-creation", "ended as Failed at StartSvm: The host refused to start it."],
    ["cancelled", "ended as Cancelled at UploadSvmImage"],
    ["stopped", "ended as Stopped at WaitForSvm"],
  ])("the error about %s says: %s", (name, text) => {
    expect(errorAbout(name, output)).toContain(text);
  });

  test("what exists is in the state, tainted where it did not end well, and nothing else is", () => {
    const ids = Object.values(state()).map(({ values }) => values["id"]);

    expect(taintedNames()).toEqual(LEFT_BEHIND);
    expect(ids.sort()).toEqual(bench.deployed.map(({ vm }) => vm.id).sort());
  });

  test("the next apply makes every SVM exist once, and the plan after it is empty", async () => {
    await bench.workspace.apply();

    expect(bench.names).toEqual(NAMES.toSorted());
    expect(taintedNames()).toEqual([]);
    expect(await planned(bench.workspace)).toEqual({});
  });
});

describe("a request that the server rejects because of one of its SVMs", () => {
  const NAMES = ["svm-1", "svm-2", "bad", "svm-3"];
  let output = "";

  beforeAll(async () => {
    const fault = { kind: "status", status: 400, message: "The network of bad is not allowed." } as const;
    const rejection = bench.simulator.faults.add({ ...DEPLOYED, svm: "bad", times: 10, fault });
    bench.write(...NAMES.map((name) => bench.onHost(name)));
    output = await failingApply();
    rejection.remove();
  });
  afterAll(() => bench.reset());

  test("is an error about that one only, with the server's message", () => {
    expect(output.match(/Error: /g)).toHaveLength(1);
    expect(errorAbout("bad", output)).toContain("The network of bad is not allowed.");
  });

  test("does not keep the others from being deployed, each of them once", () => {
    expect(bench.names).toEqual(["svm-1", "svm-2", "svm-3"]);
    expect(taintedNames()).toEqual([]);
  });

  test("is followed by an apply that deploys that one only", async () => {
    bench.simulator.requests.clear();

    await bench.workspace.apply();

    expect(bench.deployments).toEqual([["bad"]]);
  });
});

describe("a deployment of which nothing is heard any more", () => {
  afterEach(() => bench.reset());

  test("because the server forgot its task keeps the SVM in the state; the next apply replaces it", async () => {
    // "Not found" is believed when it is said twice.
    bench.simulator.faults.add({
      method: "GET",
      path: TASKS,
      skip: 1,
      times: 2,
      fault: { kind: "status", status: 404 },
    });
    const hold = bench.simulator.world.tasks.hold({
      parameters: { svmName: "forgotten", deployStepName: "CreateSvm" },
    });
    bench.write(bench.onHost("forgotten"));

    const output = await failingApply();
    hold.release();
    expect(errorAbout("forgotten", output)).toContain("What became of the deployment is not known");
    expect(taintedNames()).toEqual(["forgotten"]);

    await bench.workspace.apply();
    expect(bench.names).toEqual(["forgotten"]);
    expect(await planned(bench.workspace)).toEqual({});
  });

  test("because somebody cancelled its whole task leaves nothing; the next apply deploys it", async () => {
    bench.simulator.world.tasks.stopNext({ type: "DeployMultipleSvm", state: "Cancelled" });
    bench.write(bench.onHost("cancelled"));

    const output = await failingApply();
    expect(errorAbout("cancelled", output)).toContain("ended as Cancelled");
    expect(state()).toEqual({});

    await bench.workspace.apply();
    expect(bench.names).toEqual(["cancelled"]);
  });

  test("in time keeps the SVM in the state, and the next apply waits for it before it replaces it", async () => {
    const hold = bench.simulator.world.tasks.hold({ parameters: { svmName: "slow", deployStepName: "CreateSvm" } });
    bench.write(bench.onHost("slow", { timeouts: { create: "1s" } }));

    const output = await failingApply();
    expect(output).toContain("did not finish within 1s");
    expect(output).toContain("goes on as task");
    expect(state()["ksvla_svm.slow"]).toMatchObject({ tainted: true, values: { id: null } });
    expect(state()["ksvla_svm.slow"]?.values["task_id"]).toBe(bench.tasks("DeployMultipleSvm").at(-1)?.id);

    bench.write(bench.onHost("slow"));
    const apply = bench.workspace.apply();
    // It must not deploy a second one while the first one is under way.
    await bench.looked();
    expect(bench.deployments).toHaveLength(1);
    hold.release();
    await apply;
    expect(bench.names).toEqual(["slow"]);
    expect(await planned(bench.workspace)).toEqual({});
  });
});

test("a name that passes on is waited for, and one that create_before_destroy would need twice is said to be that", async () => {
  const named = (address: string, name: string, others = "") =>
    bench.onHost(address, { name }).replace(/\}\n$/, `${others}}\n`);
  bench.write(named("one", "svm-1"), named("two", "svm-2"), named("kept", "svm-3"));
  await bench.workspace.apply();
  const before = stateOf(bench.workspace);
  const { tasks } = bench.simulator.world;
  const hold = tasks.hold({ type: "DeleteSvm", parameters: { svmName: "svm-1" } });
  bench.write(named("two", "svm-1"), named("kept", "svm-3", "  lifecycle {\n    create_before_destroy = true\n  }\n"));

  const apply = bench.workspace.start(["apply", "-auto-approve", "-replace=ksvla_svm.kept"]);
  await hold.reached;
  await until(() => apply.output.includes("ksvla_svm.two: Creating..."));
  await bench.looked();
  hold.release();
  const output = flatten((await apply.finished).output);

  expect(errorAbout("svm-3", output)).toMatch(
    /already exists .* The state of this configuration has it already, as .*held shows\. If this resource replaces it with create_before_destroy/,
  );
  expect(errorAbout("svm-3", output)).not.toContain("import");
  expect(errorAbout("svm-1", output)).toBe("");
  expect(bench.names).toEqual(["svm-1", "svm-3"]);
  const after = stateOf(bench.workspace);
  expect(after["ksvla_svm.two"]?.values["id"]).not.toBe(before["ksvla_svm.one"]?.values["id"]);
  expect(after["ksvla_svm.kept"]).toEqual(before["ksvla_svm.kept"]);
});

test("SVMs of another provider block, and of a connection that was removed by hand, have one piece of advice", async () => {
  bench.reset();
  const fleet = (others = "") =>
    ["svm-1", "svm-2"].map((name) => bench.onHost(name).replace(/\}\n$/, `${others}}\n`)).join("\n");
  bench.write(fleet());
  await bench.workspace.apply();

  const other = await startSimulator({ timeScale: TIME_SCALE });
  const { address, password } = other;
  const settings = Object.entries({ address, password, thumbprint: other.thumbprints.sha256 }).map(
    ([key, value]) => `  ${key} = "${value}"\n`,
  );
  bench.write(`provider "ksvla" {\n  alias = "b"\n${settings.join("")}}\n`, fleet("  provider = ksvla.b\n"));
  const plan = flatten((await bench.workspace.plan()).output);
  await other.stop();
  expect(plan).toContain(
    `A state had it on ${bench.simulator.address}, while this provider asks ${address}. Where the resource was given another provider block (an alias), give it the one that it had`,
  );
  expect(plan.match(/A state had it on/g)).toHaveLength(1);

  bench.write(fleet());
  bench.simulator.world.infrastructures.delete(bench.infrastructureId);
  const { output } = await bench.workspace.run(["destroy", "-auto-approve"]);
  const destroyed = flatten(output);
  expect(destroyed).toMatch(/does not have the connection .* make Terraform forget all of them at once/);
  const errors = destroyed.split("Error: Unable to remove the SVM").slice(1);
  expect(errors.filter((error) => error.includes("forget all of them at once"))).toHaveLength(1);
  expect(errors.filter((error) => error.includes("The first such error about an SVM"))).toHaveLength(1);
});
