/** What a plan that deploys an SVM says of one that is there already. */
import { UNKNOWN } from "../../../src/terraform";
import { CLOUD, LISTED, SvmBench } from "./bench";

type Values = Readonly<Record<string, unknown>>;

let bench: SvmBench;
afterEach(() => bench.stop());

async function warnings(...configurations: Values[]) {
  const driver = bench.nextRun();
  await Promise.all(configurations.map((configuration) => driver.plan(configuration)));
  return driver.warnings;
}

describe("on a hypervisor", () => {
  let id: string;
  beforeEach(async () => {
    bench = await SvmBench.start();
    id = bench.simulator.addSvm({ name: "svm-1", on: bench.vcenter.hosts[0]!.id });
  });

  test("it names the SVM, and how to go on", async () => {
    const [warning, ...others] = await warnings(bench.onHost("svm-1"), bench.onHost("svm-2"));

    expect(others).toEqual([]);
    expect(warning?.summary).toMatch(
      /^There is an SVM "svm-1" on esx-01 \("[\w-]+"\) of vcenter\.example\.test .* already$/,
    );
    expect(warning?.detail).toContain(`Its import id is "${bench.infrastructureId}/${id}"`);
    expect(warning?.detail).toContain(`importFrom("${bench.infrastructureId}/${id}")`);
  });

  test("it asks once for all", async () => {
    bench.simulator.requests.clear();
    await warnings(...["a", "b", "c"].map((name) => bench.onHost(name)));
    expect(bench.simulator.requests.count(LISTED)).toBe(1);
  });

  test("it asks once for all that are deployed one after the other", async () => {
    const driver = bench.nextRun();
    await driver.create(bench.onHost("a"));
    bench.simulator.requests.clear();
    await driver.plan(bench.onHost("b"));
    expect(bench.simulator.requests.count(LISTED)).toBe(0);
    await driver.plan(bench.onHost("svm-1"));
    expect(driver.warnings).toHaveLength(1);
  });

  test.each<[string, Values]>([
    ["it may be taken over", { onExisting: "adopt" }],
    ["the name is not known yet", { name: UNKNOWN }],
    ["the infrastructure is not known yet", { infrastructureId: UNKNOWN }],
    ["there is no such infrastructure", { infrastructureId: "none" }],
    ["it runs elsewhere", { host: undefined }],
  ])("it says nothing where %s", async (_, values) => {
    const others = "host" in values ? { host: bench.host({ at: 1 }) } : values;
    expect(await warnings(bench.onHost("svm-1", others))).toEqual([]);
  });

  test("it says nothing of what a state of this workspace has, or an earlier run has begun", async () => {
    const driver = bench.driver();
    const deployed = await driver.create(bench.onHost("svm-2"));
    expect(deployed.id).not.toBeNull();

    await driver.plan(bench.onHost("svm-2"));

    expect(driver.warnings).toEqual([]);
  });

  test("a server that cannot tell keeps no plan from being made", async () => {
    bench.simulator.faults.add({ ...LISTED, fault: { kind: "status", status: 403 }, times: 99 });
    expect(await warnings(bench.onHost("svm-1"))).toEqual([]);
  });
});

test("in a project, it names that", async () => {
  bench = await SvmBench.start(CLOUD);
  const [project] = bench.cloud.projects;
  bench.simulator.addSvm({ name: "svm-1", on: project!.id });

  expect(await warnings(bench.inProject("svm-1"))).toMatchObject([
    { summary: expect.stringMatching(/^There is an SVM "svm-1" on project security \("[\w-]+"\) of openstack/) },
  ]);
});
