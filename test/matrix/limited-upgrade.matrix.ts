/** examples/limited-upgrade, with the real command lines: cdktf under `ksvla run`, group by group. */
import { mkdirSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { build } from "esbuild";
import { type Simulator, startSimulator } from "../../src/simulator";
import { environmentOf, TIME_SCALE } from "../e2e/support/configuration";
import { DEPLOYED } from "../e2e/support/svms";
import { EXAMPLES, ExampleProject } from "../examples/example";
import { PATH } from "../support/path";

jest.setTimeout(300_000);

const ROOT = join(__dirname, "..", "..");
const BINARIES = join(ROOT, "node_modules", ".bin");

let simulator: Simulator;
let project: ExampleProject;
let existing: readonly string[];

beforeAll(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  existing = names();
  project = new ExampleProject("limited-upgrade", {
    ...environmentOf(simulator),
    PATH: [BINARIES, PATH].join(delimiter),
    TF_VAR_VCENTER_PASSWORD: "Admin-Passw0rd",
    TF_VAR_KLCONFIG_PASSWORD: "Klconfig-Passw0rd",
    UPGRADED_GROUPS: "0",
  });
  // Compiled, and not run by tsx, which leaves a process to whoever adopts it.
  await project.synth();
  project.writeFile(
    "cdktf.json",
    JSON.stringify({ language: "typescript", app: "node main.js", sendCrashReports: "false" }),
  );
  await build({
    entryPoints: [join(EXAMPLES, "limited-upgrade", "upgrade.ts")],
    outfile: join(project.directory, "upgrade.js"),
    bundle: true,
    platform: "node",
  });
  mkdirSync(join(project.directory, "node_modules", ".bin"));
  symlinkSync(join(ROOT, "dist", "cli", "ksvla.js"), join(project.directory, "node_modules", ".bin", "ksvla"));
  await project.cdktf("deploy", "--auto-approve", "connections", "fleet");
});
afterAll(async () => {
  project?.dispose();
  await simulator?.stop();
});

function names(): readonly string[] {
  return simulator.world.svms.all.map(({ vm }) => vm.name).sort();
}
const deployed = () => names().filter((name) => !existing.includes(name));
const upgrade = (...args: readonly string[]) => project.node("upgrade.js", ...args);
/** What was asked of the server about SVMs: deployments and removals, with how many each was about. */
const changes = () =>
  simulator.requests.all
    .filter(({ method, path }) => path === DEPLOYED.path && method !== "GET")
    .map(({ method, body }) => `${method} ${(body as { readonly svms: readonly unknown[] }).svms.length}`);

test("one hypervisor at a time, the new SVM before the old one goes, and no further than the first failure", async () => {
  expect(deployed()).toEqual(["svm-esx-01-6.2.0.1000", "svm-esx-02-6.2.0.1000"]);
  simulator.requests.clear();
  const { tasks } = simulator.world;
  simulator.faults.add({ ...DEPLOYED, svm: "svm-esx-02-6.2.1.1207", fault: { kind: "status", status: 400 } });

  const failure = await upgrade().then(
    () => "",
    (error: unknown) => String(error),
  );
  expect(failure).toContain("Upgrading group 2 of 2: esx-02");
  expect(failure).toContain("Group 2 is not upgraded. To go on: npx tsx upgrade.ts 2");
  expect(failure).toMatch(/^ksvla: svm-esx-01-6\.2\.1\.1207 on esx-01: created, id /m);
  expect(failure).toMatch(/^ksvla: svm-esx-01-6\.2\.0\.1000 on esx-01: removed \(/m);
  expect(failure).toMatch(/^ksvla: svm-esx-02-6\.2\.1\.1207( on esx-02)?: deploy failed: .*400/m);
  expect(changes()).toEqual(["POST 1", "DELETE 1", "POST 1"]);
  require("node:fs").writeFileSync(
    "/tmp/ps.txt",
    require("node:child_process").execFileSync("ps", ["-eo", "pid,ppid,pgid,etime,args"]).toString(),
  );
  expect(deployed()).toEqual(["svm-esx-01-6.2.1.1207", "svm-esx-02-6.2.0.1000"]);

  simulator.requests.clear();
  await upgrade("2");
  expect(changes()).toEqual(["POST 1", "DELETE 1"]);
  expect(deployed()).toEqual(["svm-esx-01-6.2.1.1207", "svm-esx-02-6.2.1.1207"]);

  // Each removal was begun after the deployment before it had ended.
  const [first, firstRemoval] = tasks.all.filter(({ type }) => /^(Deploy|Delete)MultipleSvm$/.test(type)).slice(1);
  expect(first?.type).toBe("DeployMultipleSvm");
  expect(firstRemoval?.type).toBe("DeleteMultipleSvm");
  expect(firstRemoval!.created.getTime()).toBeGreaterThanOrEqual(first!.stateChanged.getTime());
});
