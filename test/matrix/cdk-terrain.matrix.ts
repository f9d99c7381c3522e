/** The newest CDK Terrain of npm, with its own command line, on the Node.js that it asks for. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { nodeOf } from "../../scripts/node-from-npm";
import { type Simulator, startSimulator } from "../../src/simulator";
import { TIME_SCALE } from "../e2e/support/configuration";
import { terraform } from "../e2e/support/workspace";
import { inCdkTerrain } from "../package/support/cdk-terrain";
import { Project, pack, ROOT } from "../package/support/project";
import { readmeApp, readmeEnvironment, readmeLeftovers, readmeOutput } from "../package/support/readme";
import { PATH } from "../support/path";

jest.setTimeout(600_000);

const COMPILER = join(ROOT, "node_modules", "typescript", "bin", "tsc");
const PACKAGES = ["cdktn@latest", "cdktn-cli@latest", "constructs@>=10.6.0 <10.8.0"];
const CDKTF_JSON = {
  language: "typescript",
  app: "node main.js",
  sendCrashReports: "false",
  targetVersions: { terraform: ">=1.11" },
};

let folder: string;
let project: Project;
let simulator: Simulator;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ksvla-pack-"));
  const { tarball } = await pack(folder);
  project = await Project.create();
  await project.npm("install", tarball, ...PACKAGES);
  simulator = await startSimulator({ timeScale: TIME_SCALE });
});
afterAll(async () => {
  await simulator?.stop();
  await project?.remove();
  await rm(folder, { recursive: true });
});

/** The README's app with a hook that leaves a line at both ends of the connection's life. */
function app(): string {
  const hook = `
    new LifecycleHook(this, "hook", {
      resource: vcenter,
      afterCreate: 'echo "after $NAME" >> "$LOG"',
      beforeDestroy: 'echo "before $NAME" >> "$LOG"',
      environment: { NAME: vcenter.id, LOG: ${JSON.stringify(join(folder, "ran.log"))} },
    });`;
  const source = readmeApp().replace("    new TerraformOutput(", `${hook}\n    new TerraformOutput(`);
  return inCdkTerrain(`import { LifecycleHook } from "cdktf-ksvla/lifecycle-hook";\n${source}`);
}

test("npm installs all without a flag, and cdktn deploys the README's app with a hook, plans no change, and destroys", async () => {
  const environment = {
    ...readmeEnvironment(simulator),
    PATH: [dirname(nodeOf(22)), PATH].join(delimiter),
    TERRAFORM_BINARY_NAME: terraform(),
    TF_INPUT: "0",
    CI: "1",
  };
  const cdktn = (...args: readonly string[]) => project.run("npx", ["--offline", "cdktn", ...args], environment);
  await project.write("cdktf.json", JSON.stringify(CDKTF_JSON));
  await project.write("main.ts", app());
  const strict = ["--strict", "--module", "nodenext", "--target", "es2022", "--types", "", "--skipLibCheck"];
  await project.run(process.execPath, [COMPILER, "main.ts", ...strict]);

  const output = await cdktn("deploy", "--auto-approve");
  for (const line of readmeOutput(simulator).split("\n")) expect(output).toContain(line.trim());
  expect(await cdktn("diff")).toContain("No changes");
  await cdktn("destroy", "--auto-approve");

  expect(readmeLeftovers(simulator)).toEqual([]);
  expect(await readFile(join(folder, "ran.log"), "utf8")).toMatch(/^after (\S+)\nbefore \1\n$/);
});
