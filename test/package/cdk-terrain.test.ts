/** The package's entries for CDK Terrain, the fork that goes on where CDKTF ended. */
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundlePlugin } from "../../scripts/build/bundle-plugin";
import { type Simulator, startSimulator } from "../../src/simulator";
import { TIME_SCALE } from "../e2e/support/configuration";
import { installNullProvider } from "../support/mirror";
import { inCdkTerrain, TARGET_VERSIONS } from "./support/cdk-terrain";
import { HOOKED_APP } from "./support/hooked-app";
import { Project, pack, ROOT } from "./support/project";
import { readmeApp, readmeEnvironment, readmeLeftovers, readmeOutput } from "./support/readme";

const COMPILER = join(ROOT, "node_modules", "typescript", "bin", "tsc");
const STRICT = ["--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2022", "--types", ""];

let folder: string;
let tarball: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ksvla-pack-"));
  ({ tarball } = await pack(folder));
});
afterAll(() => rm(folder, { recursive: true }));

async function projectWith(...packages: readonly string[]): Promise<Project> {
  const project = await Project.create();
  await project.npm("install", tarball, "--offline", "--legacy-peer-deps");
  for (const name of packages) await project.link(name);
  return project;
}

describe("an app of CDKTF", () => {
  let project: Project;
  let simulator: Simulator;
  beforeAll(async () => {
    project = await projectWith("cdktf", "@cdktf/provider-null", "cdktn", "constructs");
    simulator = await startSimulator({ timeScale: TIME_SCALE });
    const plugin = join(folder, "null-provider");
    await bundlePlugin({ root: ROOT, entry: "test/support/null-provider.ts", outfile: plugin });
    installNullProvider(project.path("cdktf.out", "stacks", "datacenter", "terraform.d", "plugins"), plugin);
  });
  afterAll(async () => {
    await simulator?.stop();
    await project?.remove();
  });

  /** The README's app with a hook on its connection, which has been moved or not. */
  function app(move: string): string {
    const hook = `
    const hook = new LifecycleHook(this, "hook", {
      resource: vcenter,
      afterCreate: 'echo "after $NAME" >> ran.log',
      beforeDestroy: 'echo "before $NAME" >> ran.log',
      environment: { NAME: vcenter.address },
    });
    ${move}`;
    return `import { LifecycleHook } from "cdktf-ksvla/lifecycle-hook";\n${readmeApp()}`.replace(
      "    new TerraformOutput(",
      `${hook}\n    new TerraformOutput(`,
    );
  }

  /** Compiles and synthesizes it. */
  async function synth(source: string): Promise<void> {
    await project.write("main.ts", source);
    await project.run(process.execPath, [COMPILER, "main.ts", ...STRICT]);
    await project.run(process.execPath, ["main.js"], TARGET_VERSIONS);
  }

  const terraform = (...args: readonly string[]) => project.terraform("datacenter", args, readmeEnvironment(simulator));
  const ran = () => {
    const log = project.path("cdktf.out", "stacks", "datacenter", "ran.log");
    return existsSync(log) ? readFileSync(log, "utf8").split("\n").filter(Boolean) : [];
  };

  test("moves to CDK Terrain with an empty plan, its hooks with their past, and goes on there", async () => {
    await synth(app("hook;"));
    await terraform("init");
    expect(await terraform("apply", "-auto-approve")).toContain(readmeOutput(simulator));

    await synth(inCdkTerrain(app('hook.moveFromId("null_resource.hook");')));
    await terraform("init");
    const move = await terraform("apply", "-auto-approve");
    expect(move).toContain("null_resource.hook has moved to terraform_data.hook");
    expect(move).toContain("0 added, 0 changed, 0 destroyed");

    await synth(inCdkTerrain(app("hook;")));
    expect(await terraform("plan")).toContain("No changes");
    expect(ran()).toHaveLength(1);

    await terraform("destroy", "-auto-approve");
    expect(ran()).toEqual([expect.stringMatching(/^after ./), ran()[0]?.replace("after", "before")]);
    expect(readmeLeftovers(simulator)).toEqual([]);
  });
});

test("in an app of CDKTF, what is for CDK Terrain says what to import instead", async () => {
  const project = await projectWith("cdktf", "cdktn", "constructs");
  try {
    const app = `const { App, TerraformStack } = require("cdktf");
      const { KsvlaProvider } = require("cdktf-ksvla/cdktn");
      new KsvlaProvider(new TerraformStack(new App(), "stack"), "ksvla");`;

    await expect(project.run(process.execPath, ["-e", app])).rejects.toThrow(
      '[stack/ksvla] This app is one of CDKTF, and the construct is for CDK Terrain. Import it from "cdktf-ksvla" instead of',
    );
  } finally {
    await project.remove();
  }
});

describe("where CDK Terrain alone is installed", () => {
  let project: Project;
  beforeAll(async () => {
    project = await projectWith("cdktn", "constructs");
  });
  afterAll(() => project?.remove());

  test("the guide's app compiles and synthesizes", async () => {
    const guide = readFileSync(join(ROOT, "docs", "guides", "cdk-terrain.md"), "utf8");
    await project.write("guide.ts", /```ts\n([\s\S]*?)```/.exec(guide)?.[1] ?? "");
    await project.run(process.execPath, [COMPILER, "guide.ts", ...STRICT]);

    await project.run(process.execPath, ["guide.js"], { ...TARGET_VERSIONS, TF_INPUT: "0" });

    expect(await project.read("cdktf.out/stacks/datacenter/.terraform.lock.hcl")).toContain(
      "terraform.local/ksvla/ksvla",
    );
  });

  test("a life-cycle hook compiles and needs no provider", async () => {
    await project.write("hook.ts", inCdkTerrain(HOOKED_APP));
    await project.run(process.execPath, [COMPILER, "hook.ts", ...STRICT]);

    await project.run(process.execPath, ["hook.js"], TARGET_VERSIONS);

    const { resource, provider } = JSON.parse(await project.read("cdktf.out/stacks/hooked/cdk.tf.json"));
    expect(Object.keys(resource)).toEqual(["ksvla_trusted_certificate", "terraform_data"]);
    expect(Object.keys(provider)).toEqual(["ksvla"]);
  });

  test.each(["cdktf-ksvla", "cdktf-ksvla/generated", "cdktf-ksvla/lifecycle-hook"])(
    "%s says what to import instead",
    async (entry) => {
      await expect(project.run(process.execPath, ["-e", `require("${entry}")`])).rejects.toThrow(
        '"cdktf-ksvla" is for apps of CDKTF, and its package cdktf is not installed. An app of CDK Terrain imports from "cdktf-ksvla/cdktn".',
      );
    },
  );

  test("an app that does not say which Terraform it targets learns where to say it", async () => {
    await project.write(
      "silent.cjs",
      `const { App, TerraformStack } = require("cdktn");
const { KsvlaProvider, Secret } = require("cdktf-ksvla/cdktn");
const app = new App();
new KsvlaProvider(new TerraformStack(app, "silent"), "ksvla", { password: Secret.fromVariable("PASSWORD") });
app.synth();`,
    );

    await expect(project.run(process.execPath, ["silent.cjs"])).rejects.toThrow(
      '[silent] Say which versions of Terraform the project runs on, in cdktf.json: "targetVersions": { "terraform": ">=1.11" }',
    );
  });
});
