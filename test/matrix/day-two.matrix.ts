/** What a site goes through, as its platform team has it: the example `day-two` with the packed package and `cdktf`. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../src/simulator";
import { ADMIN_PASSWORD, environmentOf, TIME_SCALE, VCENTER } from "../e2e/support/configuration";
import { terraform } from "../e2e/support/workspace";
import { Project, pack, ROOT } from "../package/support/project";

jest.setTimeout(300_000);

const COMPILER = join(ROOT, "node_modules", "typescript", "bin", "tsc");
const CDKTF = join(ROOT, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf");
const CDKTF_JSON = JSON.stringify({ language: "typescript", app: "node main.js", sendCrashReports: "false" });
const STRICT = ["--strict", "--exactOptionalPropertyTypes", "--module", "nodenext", "--target", "es2022"];

let folder: string;
let project: Project;
let simulator: Simulator;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ksvla-pack-"));
  const { tarball } = await pack(folder);
  project = await Project.create();
  await project.npm("install", tarball, "--offline", "--legacy-peer-deps");
  for (const name of ["cdktf", "constructs", "@types/node"]) await project.link(name);
  await project.write("main.ts", await readFile(join(ROOT, "examples", "day-two", "main.ts"), "utf8"));
  await project.write("cdktf.json", CDKTF_JSON);
  await project.run(process.execPath, [COMPILER, "main.ts", ...STRICT, "--types", "node"]);
  simulator = await startSimulator({ timeScale: TIME_SCALE });
});
afterAll(async () => {
  await simulator?.stop();
  await project?.remove();
  await rm(folder, { recursive: true });
});

test("cdktf regroups without a change, rotates without touching an SVM, drains the fleet, and dismantles", async () => {
  const environment: NodeJS.ProcessEnv = {
    ...environmentOf(simulator),
    TF_VAR_VCENTER_PASSWORD: ADMIN_PASSWORD,
    TF_VAR_KLCONFIG_PASSWORD: "Klconfig-Passw0rd",
    TERRAFORM_BINARY_NAME: terraform(),
    TF_INPUT: "0",
    CI: "1",
  };
  const cdktf = (...args: readonly string[]) => project.run(process.execPath, [CDKTF, ...args], environment);
  const deploy = () => cdktf("deploy", "--auto-approve");
  const svms = () => simulator.world.svms.all.filter(({ vm }) => vm.name.startsWith("day-two")).length;

  await deploy();
  expect(svms()).toBe(3);

  environment["REGROUPED"] = "1";
  expect(await cdktf("diff")).toContain("0 to add, 0 to change, 0 to destroy");
  expect(await deploy()).toContain("0 added, 0 changed, 0 destroyed");

  const rotated = "Rotated-Passw0rd";
  simulator.world.hypervisor(VCENTER).accounts[0]!.password = rotated;
  Object.assign(environment, { VCENTER_PASSWORD_VERSION: "2", TF_VAR_VCENTER_PASSWORD: rotated });
  expect(await deploy()).toContain("1 added, 3 changed, 1 destroyed");

  environment["DRAINED"] = "1";
  expect(await deploy()).toContain("0 added, 0 changed, 2 destroyed");
  expect(svms()).toBe(1);
  await expect(cdktf("destroy", "--auto-approve")).rejects.toThrow("Instance cannot be destroyed");

  environment["DISMANTLED"] = "1";
  await deploy();
  await cdktf("destroy", "--auto-approve");
  expect([svms(), simulator.world.infrastructures.size]).toEqual([0, 0]);
});
