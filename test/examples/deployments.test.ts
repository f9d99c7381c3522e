/** One example of each family, from nothing to running SVMs and back, with the real Terraform and a simulated server. */
import { type Simulator, startSimulator } from "../../src/simulator";
import { environmentOf, TIME_SCALE } from "../e2e/support/configuration";
import { ExampleProject } from "./example";

const ADMIN = "Admin-Passw0rd";
const SECRETS = {
  TF_VAR_PROXMOX_ADMIN_PASSWORD: ADMIN,
  TF_VAR_PROXMOX_VIEWER_PASSWORD: "Viewer-Passw0rd",
  TF_VAR_OPENSTACK_PASSWORD: ADMIN,
  TF_VAR_PRG_PASSWORD: ADMIN,
  TF_VAR_BRQ_PASSWORD: ADMIN,
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
  { example: "platform-module", svms: ["brq-svm-proxmox-01", "prg-svm-esx-01", "prg-svm-esx-02"] },
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

/** All SVMs that run anywhere. */
function svmNames(): readonly string[] {
  const vms = [...simulator.world.platforms.values()].flatMap(({ vms }) => vms);
  return vms
    .filter(({ isSvm }) => isSvm)
    .map(({ name }) => name)
    .sort();
}
