/**
 * One example of each family, from nothing to running SVMs and back, with the real Terraform and a simulated server. That with a
 * construct of its own has tests of its own.
 */
import { type Simulator, startSimulator } from "../../src/simulator";
import { environmentOf, TIME_SCALE } from "../e2e/support/configuration";
import { ExampleProject } from "./example";

const ADMIN = "Admin-Passw0rd";
const SECRETS = {
  TF_VAR_PROXMOX_ADMIN_PASSWORD: ADMIN,
  TF_VAR_PROXMOX_VIEWER_PASSWORD: "Viewer-Passw0rd",
  TF_VAR_OPENSTACK_PASSWORD: ADMIN,
  TF_VAR_KLCONFIG_PASSWORD: "Klconfig-Passw0rd",
};

let simulator: Simulator;
let project: ExampleProject;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
});
afterEach(async () => {
  project.dispose();
  await simulator.stop();
});

test.each([
  { example: "proxmox", svms: ["svm-proxmox-01", "svm-proxmox-02"] },
  { example: "openstack-projects", svms: ["svm-default", "svm-production"] },
])("examples/$example deploys $svms, then plans no change, and is destroyed", async ({ example, svms }) => {
  const before = svmNames();
  project = new ExampleProject(example, { ...environmentOf(simulator), ...SECRETS });
  const stacks = await project.synth();
  const terraform = (...args: readonly string[]) =>
    Promise.all(stacks.map((stack) => project.terraformOf(stack, ...args)));
  await terraform("init");

  await terraform("apply", "-auto-approve");
  expect(svmNames()).toEqual([...before, ...svms].sort());

  await terraform("plan", "-detailed-exitcode");

  await terraform("destroy", "-auto-approve");
  expect(svmNames()).toEqual(before);
  expect(simulator.world.infrastructures.size).toBe(0);
});

test("examples/day-two regroups without a change, rotates without touching an SVM, drains its fleet, and is dismantled", async () => {
  const before = svmNames();
  const site = new ExampleProject("day-two", {
    ...environmentOf(simulator),
    ...SECRETS,
    TF_VAR_VCENTER_PASSWORD: ADMIN,
  });
  project = site;
  /** Deploys, and gives the changes that were sent. */
  const deploy = async (change: NodeJS.ProcessEnv = {}) => {
    site.export(change);
    const seen = simulator.requests.all.length;
    await site.synth();
    await site.terraformOf("site", "apply", "-auto-approve");
    return simulator.requests.all
      .slice(seen)
      .filter(({ method }) => method !== "GET")
      .map(({ method, path }) => `${method} ${path.replace(/\/[\da-f-]{36}$/, "/…")}`);
  };
  await site.synth();
  await site.terraformOf("site", "init");
  // The lists of a connection that an earlier run has made are good at once.
  await site.terraformOf("site", "apply", "-auto-approve", "-target=ksvla_infrastructure.vcenter");
  await deploy();
  expect(svmNames()).toEqual([...before, "day-two-esx-01", "day-two-esx-02", "day-two-management"].sort());

  expect(await deploy({ REGROUPED: "1" })).toEqual([]);

  simulator.world.hypervisor("vcenter.example.test").accounts[0]!.password = "Rotated-Passw0rd";
  expect(await deploy({ VCENTER_PASSWORD_VERSION: "2", TF_VAR_VCENTER_PASSWORD: "Rotated-Passw0rd" })).toEqual([
    "DELETE /api/3.0/infrastructures/…",
    "POST /api/3.0/infrastructures",
  ]);

  expect(await deploy({ DRAINED: "1" })).toEqual(["DELETE /api/3.0/management/deployment/svm/"]);
  expect(svmNames()).toEqual([...before, "day-two-management"].sort());

  await expect(site.terraformOf("site", "destroy", "-auto-approve")).rejects.toThrow("Instance cannot be destroyed");
  expect(await deploy({ DISMANTLED: "1" })).toEqual([]);
  await site.terraformOf("site", "destroy", "-auto-approve");
  expect(svmNames()).toEqual(before);
  expect(simulator.world.infrastructures.size).toBe(0);
});

/** All SVMs that run anywhere. */
function svmNames(): readonly string[] {
  const vms = [...simulator.world.platforms.values()].flatMap(({ vms }) => vms);
  return vms
    .filter(({ isSvm }) => isSvm)
    .map(({ name }) => name)
    .sort();
}
