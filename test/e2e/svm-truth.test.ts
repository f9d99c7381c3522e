/**
 * What Integration Servers do that misleads whoever believes a single answer: lists that lag, answers that get lost,
 * machines that move, ids that come again. No SVM is deployed twice, replaced, abandoned, nor another one removed.
 */
import { defaultHabits } from "../../src/simulator";
import { planned, stateOf } from "./support/quick";
import { flatten } from "./support/screen";
import { DEPLOYED, RECONFIGURED, REMOVED, SvmBench } from "./support/svms";

let bench: SvmBench;
beforeAll(async () => {
  bench = await SvmBench.start();
});
afterEach(() => {
  Object.assign(bench.simulator.habits, defaultHabits, { reportedUpdatePeriod: "onOpenStackToo" });
  bench.reset();
});
afterAll(() => bench.stop());

const ADDRESS = "ksvla_svm.svm";
const values = () => stateOf(bench.workspace)[ADDRESS]!.values;
const count = (what: typeof DEPLOYED) => bench.simulator.requests.count(what);
const machine = () => bench.simulator.world.svms.named("svm");

describe("lists that lag behind by a second", () => {
  beforeEach(() => {
    Object.assign(bench.simulator.habits, { lists: "lagging", updatePeriodSeconds: 100 });
    bench.write(bench.onHost("svm"), bench.onHost("other"));
  });

  test("deploy nothing twice: the second apply changes nothing", async () => {
    await bench.workspace.apply();
    await bench.workspace.apply();

    expect(bench.names).toEqual(["other", "svm"]);
    expect(bench.deployments).toEqual([["other", "svm"]]);
  });

  test("have destroy wait until it can remove what was deployed just now", async () => {
    await bench.workspace.apply();
    await bench.workspace.destroy();

    expect(bench.names).toEqual([]);
  });
});

describe("a deployment of which nobody hears", () => {
  test.each([
    ["its answer is lost", { kind: "dropAfter" }],
    ["the server answers 500", { kind: "status", status: 500, handled: true }],
  ] as const)("because %s is looked for until its SVM appears, and taken over", async (_, fault) => {
    bench.simulator.faults.add({ ...DEPLOYED, fault });
    const hold = bench.simulator.world.tasks.hold({ parameters: { deployStepName: "UploadSvmImage" } });
    bench.write(bench.onHost("svm"));

    const apply = bench.workspace.apply();
    await hold.reached;
    // Longer than a dozen of looks.
    setTimeout(() => hold.release(), 3_000);

    expect(flatten((await apply).output)).toContain("Warning: The report on the deployment of the SVM");
    expect(bench.deployments).toEqual([["svm"]]);
    expect(await planned(bench.workspace)).toEqual({});
  });
});

test("an SVM that was switched off is a warning at every plan, and no change", async () => {
  bench.write(bench.onHost("svm"));
  await bench.workspace.apply();
  bench.simulator.powerOffSvm("svm");
  await bench.workspace.apply();

  const { code, output } = await bench.workspace.plan();

  expect(code).toBe(0);
  expect(flatten(output)).toMatch(
    /Warning: The SVM "svm" on esx-01 \("[0-9a-f-]+"\) of vcenter\.example\.test \("[0-9a-f-]+"\) does not run/,
  );
});

test("SVMs whose connection was removed are one warning, with one hint", async () => {
  bench.write(bench.onHost("svm"), bench.onHost("other"));
  await bench.workspace.apply();
  const { infrastructure_id: id } = values();
  bench.simulator.faults.add({
    method: "GET",
    path: `/api/3.0/infrastructures/${id}*`,
    fault: { kind: "status", status: 404 },
    times: Number.POSITIVE_INFINITY,
  });

  const output = flatten((await bench.workspace.plan()).output);

  expect(output.match(/Warning: SVMs of the infrastructure/g)).toHaveLength(1);
  expect(output).toContain("make Terraform forget all of them at once");
  expect(output).toContain("and one more similar warning elsewhere");
});

describe("an SVM that the platform moves to another hypervisor", () => {
  const other = () => bench.vcenter.hosts[1]!;
  beforeEach(async () => {
    bench.write(bench.onHost("svm"));
    await bench.workspace.apply();
    bench.simulator.world.svms.update(machine().vm.id, { parentId: other().id });
  });

  test("is replaced by nothing, is told where it runs, and is removed there", async () => {
    const { output } = await bench.workspace.apply();

    expect(flatten(output)).toContain("runs on another hypervisor");
    expect(values()).toMatchObject({
      host: { id: bench.vcenter.hosts[0]!.id },
      running_on: { id: other().id, name: other().name },
    });
    expect(await planned(bench.workspace)).toEqual({});
    expect(flatten((await bench.workspace.destroy()).output)).not.toContain("runs on another hypervisor");
    expect([bench.names, count(DEPLOYED), count(REMOVED)]).toEqual([[], 1, 1]);
  });

  test("may be configured to be where it is, and is not touched by that", async () => {
    await bench.workspace.apply();
    bench.write(bench.onHost("svm", { host: bench.host([{}], 1) }));

    await bench.workspace.apply();

    expect([count(DEPLOYED), count(RECONFIGURED), count(REMOVED)]).toEqual([1, 0, 0]);
    expect(values()).toMatchObject({ host: { id: other().id } });
  });
});

test("an SVM in OpenStack whose parent is a hypervisor is in its project all the same", async () => {
  bench.simulator.habits.openstackSvmParent = "hypervisor";
  bench.write(bench.inProject("svm"));
  await bench.workspace.apply();

  expect(await planned(bench.workspace)).toEqual({});
  await bench.workspace.destroy();

  expect([bench.names, count(DEPLOYED), count(REMOVED)]).toEqual([[], 1, 1]);
  expect(JSON.stringify(bench.simulator.requests.filter(REMOVED)[0]?.body)).toContain(bench.cloud.projects[0]!.id);
});

describe("a machine of somebody else", () => {
  test("that has got the id of an SVM is left alone, whoever destroys", async () => {
    bench.write(bench.onHost("svm"));
    await bench.workspace.apply();
    const { id } = machine().vm;
    bench.simulator.world.svms.update(id, { name: "theirs", parentId: bench.vcenter.hosts[1]!.id });

    const refusal = await bench.workspace.run(["destroy", "-auto-approve", "-refresh=false"]);
    expect([refusal.code, flatten(refusal.output)]).toEqual([1, expect.stringContaining("It is left alone")]);
    expect(flatten((await bench.workspace.plan()).output)).toContain("another machine has its id");
    await bench.workspace.destroy();

    expect([bench.names, count(REMOVED)]).toEqual([["theirs"], 0]);
  });

  test("that a task names is not taken for the SVM", async () => {
    const theirs = bench.vcenter.vms.find(({ isSvm }) => isSvm)!;
    const fault = { kind: "foreignSvm", machine: theirs.id } as const;
    bench.simulator.faults.add({ method: "GET", path: "*/virtualization/tasks/*", times: 9_999, fault });
    bench.write(bench.onHost("svm"));

    await bench.workspace.apply();
    expect(values()["id"]).toBe(machine().vm.id);

    await bench.workspace.destroy();
    expect(bench.names).toEqual([]);
    expect(bench.simulator.world.svms.find(theirs.id)).toBeDefined();
  });
});

test("changes that are to be ignored need no password at plan, and are not sent", async () => {
  const klconfig = { password_wo: "Klconfig-S3cret", password_wo_version: "1" };
  const ignoring = (more: Readonly<Record<string, unknown>>) =>
    bench.onHost("svm", more).replace(/\}\n$/, "  lifecycle {\n    ignore_changes = [klconfig]\n  }\n}\n");
  bench.write(ignoring({ klconfig }));
  await bench.workspace.apply();
  const ksc = { address: "other-ksc.example.test" };
  bench.write(ignoring({ ksc, klconfig: { ...klconfig, password_wo_version: "2" } }));

  await bench.workspace.apply();

  expect(machine().settings).toMatchObject({ klconfigPassword: klconfig.password_wo });
  expect(values()).toMatchObject({ ksc, klconfig: { password_wo_version: "1" } });
  expect(await planned(bench.workspace)).toEqual({});
});
