/** The real Terraform starts the plugin wherever it is run; and what it shows where it cannot. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../src/simulator";
import { certificate, environmentOf, VCENTER } from "./support/configuration";
import { Project } from "./support/project";
import { flatten } from "./support/screen";
import { Workspace } from "./support/workspace";

const TYPE_MODULE = '{ "type": "module" }';

/** An app as an ES module. */
const APP = `
import { App, TerraformStack } from "cdktf";
import { KsvlaProvider, TrustedCertificate } from "cdktf-ksvla";
const app = new App();
const stack = new TerraformStack(app, "stack");
new KsvlaProvider(stack, "ksvla");
new TrustedCertificate(stack, "vcenter", { address: "${VCENTER}:443" });
app.synth();
`;

let simulator: Simulator;
let folder: string;
const disposables: { dispose(): void }[] = [];

beforeEach(async () => {
  simulator = await startSimulator();
  folder = mkdtempSync(join(tmpdir(), "start-"));
});
afterEach(async () => {
  await simulator.stop();
  rmSync(folder, { recursive: true });
  for (const each of disposables.splice(0)) each.dispose();
});

/** What makes Terraform keep a cache of plugins, or none. */
function pluginCache(cached: boolean): NodeJS.ProcessEnv {
  if (!cached) return {};
  mkdirSync(join(folder, "cache"));
  return { TF_PLUGIN_CACHE_DIR: join(folder, "cache") };
}

/** A folder with a configuration in HCL. */
async function workspaceWith(env: NodeJS.ProcessEnv): Promise<Workspace> {
  const workspace = await Workspace.create({ env: { ...environmentOf(simulator), ...env } });
  disposables.push(workspace);
  workspace.write(certificate());
  return workspace;
}

describe.each([false, true])('below a package.json with "type": "module", with a plugin cache: %s', (cached) => {
  test("a configuration in HCL is applied", async () => {
    const workspace = await workspaceWith(pluginCache(cached));
    workspace.writeFile("package.json", TYPE_MODULE);
    await workspace.init();
    await workspace.apply();
    expect((await workspace.plan()).code).toBe(0);
  });

  test("a stack of an app that is an ES module is deployed", async () => {
    const project = new Project({ ...environmentOf(simulator), ...pluginCache(cached) });
    disposables.push(project);
    project.writeFile("package.json", TYPE_MODULE);
    project.writeFile("main.js", APP);
    await project.node("main.js");
    await project.terraformOf("stack", "init");
    await project.terraformOf("stack", "apply", "-auto-approve");
    expect(await project.terraformOf("stack", "plan")).toContain("No changes");
  });
});

test("neither NODE_OPTIONS, nor a missing home, nor a missing temporary folder matter", async () => {
  const workspace = await workspaceWith({
    NODE_OPTIONS: "--require ./missing.cjs",
    HOME: undefined,
    TMPDIR: "/missing",
  });
  await workspace.init();
  await workspace.apply();
  expect((await workspace.plan()).code).toBe(0);
});

test("without a node on its PATH, Terraform shows what is missing", async () => {
  const workspace = await workspaceWith({});
  await workspace.init();
  const { code, output } = await workspace.run(["validate"], { PATH: folder });
  expect({ code, output: flatten(output) }).toEqual({
    code: 1,
    output: expect.stringMatching(/did not start: it needs Node\.js, and there is no node on the PATH/),
  });
});
