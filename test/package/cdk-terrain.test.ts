/** The package beside CDK Terrain, the fork that goes on where CDKTF ended, under the name `cdktf`. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../src/simulator";
import { TIME_SCALE } from "../e2e/support/configuration";
import { HOOKED_APP } from "./support/hooked-app";
import { Project, pack, ROOT } from "./support/project";
import { README_SECRETS, readmeAppFor, readmeLeftovers, readmeOutput } from "./support/readme";

jest.setTimeout(60_000);

/** The last constructs that this version of CDK Terrain takes, too. */
const PACKAGES = ["cdktf@npm:cdktn@0.24.0", "constructs@10.7.2"];

const COMPILER = join(ROOT, "node_modules", "typescript", "bin", "tsc");
const STRICT = ["--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2022", "--types", ""];

let folder: string;
let project: Project;
let simulator: Simulator;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ksvla-pack-"));
  const { tarball } = await pack(folder);
  project = await Project.create();
  // The only test that needs a registry of npm, unless npm has both packages in its cache.
  await project.npm("install", tarball, ...PACKAGES, "--prefer-offline");
  simulator = await startSimulator({ timeScale: TIME_SCALE });
});
afterAll(async () => {
  await simulator?.stop();
  await project?.remove();
  await rm(folder, { recursive: true });
});

test("npm installs both without a flag, the README's app compiles, deploys, changes nothing more, and destroys", async () => {
  await project.write("main.ts", readmeAppFor(simulator));
  await project.run(process.execPath, [COMPILER, "main.ts", ...STRICT]);
  await project.run(process.execPath, ["main.js"]);
  const secrets = README_SECRETS(simulator);
  await project.terraform("datacenter", ["init"]);

  const output = await project.terraform("datacenter", ["apply", "-auto-approve"], secrets);

  expect(output).toContain(readmeOutput(simulator));
  expect(await project.terraform("datacenter", ["plan"], secrets)).toContain("No changes");
  await project.terraform("datacenter", ["destroy", "-auto-approve"], secrets);
  expect(readmeLeftovers(simulator)).toEqual([]);
});

test("life-cycle hooks need --legacy-peer-deps, since @cdktf/provider-null asks for cdktf 0.21, and synthesize", async () => {
  await project.npm("install", "@cdktf/provider-null@11.0.1", "--prefer-offline", "--legacy-peer-deps");
  // CDK Terrain checks functions against what a project says that it targets; hooks use one of Terraform 1.8.
  const target = `new App({ context: { targetVersions: { terraform: ">=1.11" } } })`;
  await project.write("hook.ts", HOOKED_APP.replace("new App()", target));
  await project.run(process.execPath, [COMPILER, "hook.ts", ...STRICT]);

  await project.run(process.execPath, ["hook.js"]);

  expect(await project.read("cdktf.out/stacks/hooked/cdk.tf.json")).toContain('"null_resource"');
});
