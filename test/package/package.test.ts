/** The package as its users get it: packed, installed into an empty project, compiled against, deployed. */
import { readFileSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { version } from "../../package.json";
import { type Simulator, startSimulator } from "../../src/simulator";
import { TIME_SCALE } from "../e2e/support/configuration";
import { inCdkTerrain } from "./support/cdk-terrain";
import { ENTRIES_APP } from "./support/entries-app";
import { HOOKED_APP } from "./support/hooked-app";
import { Project, pack, ROOT } from "./support/project";
import { readmeApp, readmeEnvironment, readmeLeftovers, readmeOutput } from "./support/readme";

const TSC = join("node_modules", "typescript", "bin", "tsc");
/** TypeScript 5, which still resolves modules as CDKTF's own project templates ask it to, comes with CDKTF's tools. */
const TSC_5 = join(dirname(require.resolve("typescript", { paths: [require.resolve("jsii")] })), "tsc.js");

let folder: string;
let tarball: string;
let paths: readonly string[];
let project: Project;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ksvla-pack-"));
  ({ tarball, paths } = await pack(folder));
  project = await Project.create();
  // The package depends on nothing but its peers, so no registry is asked for anything.
  await project.npm("install", tarball, "--offline", "--legacy-peer-deps");
  for (const name of ["cdktf", "cdktn", "constructs", "@cdktf/provider-null", "@types/node", "undici-types"])
    await project.link(name);
  for (const [name, app] of APPS) {
    await project.write(`${name}.ts`, app);
    await project.write(`${name}-terrain.ts`, inCdkTerrain(app));
  }
});
afterAll(async () => {
  await project.remove();
  await rm(folder, { recursive: true });
});

test("the package has at most two megabytes packed, and the plugin one unpacked", () => {
  expect(statSync(tarball).size).toBeLessThanOrEqual(2_000_000);
  expect(statSync(join(ROOT, "dist", "plugin", "terraform-provider-ksvla")).size).toBeLessThanOrEqual(1_000_000);
});

test("the package holds dist and the documents, nothing else", () => {
  expect([...new Set(paths.map((path) => path.split("/")[0]))].sort()).toEqual([
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "SECURITY.md",
    "dist",
    "docs",
    "package.json",
  ]);
  expect(paths.filter((path) => path.startsWith("dist/") && !/\.(js|d\.ts)$/.test(path))).toEqual([
    "dist/cli/coverage.html",
    "dist/constructs/testing/vitest.d.mts",
    "dist/constructs/testing/vitest.mjs",
    "dist/package.json",
    "dist/plugin/terraform-provider-ksvla",
    "dist/sbom.cdx.json",
    "dist/THIRD-PARTY-LICENSES",
  ]);
});

/** Schemas and what they are made of, what puts the plugin beside a stack, and the simulator, which is an entry itself. */
const USED_BY_ENTRIES = [
  "(data-sources|ephemeral-resources|resources)/[^/]+/schema(-[^/]+)?",
  "resources/shared/schema/.+",
  "terraform/(schema|values)/.+",
  "validators/.+",
  "integration-server/(address|infrastructures/kinds)",
  "installation/.+",
  "simulator/.+",
  "inventory/(checks|contradictions|document|form|read)",
  "provider-schema",
  "version",
].map((path) => new RegExp(`^dist/src/${path}\\.(js|d\\.ts)$`));

test("outside of the plugin, the package holds schemas and the simulator with its inventories, but no life cycle, no client and no protocol", () => {
  const sources = paths.filter((path) => path.startsWith("dist/src/"));
  const rest = sources.filter((path) => !USED_BY_ENTRIES.some((pattern) => pattern.test(path)));

  expect(sources).toContain("dist/src/resources/svm/schema.js");
  expect(rest).toEqual([]);
});

/** The examples of the guide to composing, each of which is a module. */
function guideExamples(): string[] {
  const guide = readFileSync(join(ROOT, "docs", "guides", "composing.md"), "utf8");
  return [...guide.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, example = ""]) => example);
}

const APPS: readonly (readonly [string, string])[] = [
  ["main", readmeApp()],
  ["hook", HOOKED_APP],
  ["entries", ENTRIES_APP],
  ...guideExamples().map((example, index) => [`guide-${index}`, example] as const),
];

const strict = (options: readonly string[]) => [
  ...APPS.flatMap(([name]) => [`${name}.ts`, `${name}-terrain.ts`]),
  ...["--noEmit", "--strict", "--target", "es2022", "--types", "node"],
  ...options,
];

test.each([
  ["node10", TSC_5, ["--module", "commonjs", "--moduleResolution", "node10", "--skipLibCheck"]],
  ["node16", TSC_5, ["--module", "node16", "--skipLibCheck"]],
  ["bundler", join(ROOT, TSC), ["--module", "esnext", "--moduleResolution", "bundler"]],
  ["nodenext", join(ROOT, TSC), ["--module", "nodenext"]],
])(
  "the README's app and the guide's examples compile strictly for both CDKs, with modules resolved as %s",
  async (_, compiler, options) => {
    await project.run(process.execPath, [compiler, ...strict(options)]);
  },
);

describe("the README's app", () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ timeScale: TIME_SCALE });
    await project.write("cjs/package.json", '{ "type": "commonjs" }');
    await project.write("esm/package.json", '{ "type": "module" }');
    for (const kind of ["cjs", "esm"]) {
      await project.write(`${kind}/main.ts`, readmeApp());
      await project.write(`${kind}/hook.ts`, HOOKED_APP);
      await project.write(`${kind}/entries.ts`, ENTRIES_APP);
    }
    const files = ["cjs", "esm"].flatMap((kind) => ["main", "hook", "entries"].map((name) => `${kind}/${name}.ts`));
    await project.run(process.execPath, [join(ROOT, TSC), ...files, "--module", "nodenext", "--target", "es2022"]);
  });
  afterAll(() => simulator.stop());

  test("synthesizes the same as ES module and as CommonJS, and deploys", async () => {
    const synth = async (kind: string) => {
      await project.run(process.execPath, [`${kind}/main.js`]);
      return project.read("cdktf.out/stacks/datacenter/cdk.tf.json");
    };
    const synthesized = await synth("esm");
    expect(await synth("cjs")).toBe(synthesized);
    await project.terraform("datacenter", ["init"]);

    const output = await project.terraform("datacenter", ["apply", "-auto-approve"], readmeEnvironment(simulator));

    expect(output).toContain(readmeOutput(simulator));
    await project.terraform("datacenter", ["destroy", "-auto-approve"], readmeEnvironment(simulator));
    expect(readmeLeftovers(simulator)).toEqual([]);
  });

  test("is bundled with esbuild, and synthesizes where nothing is installed", async () => {
    const elsewhere = await Project.create();
    try {
      const { warnings } = await build({
        absWorkingDir: project.directory,
        entryPoints: ["main.ts"],
        outfile: elsewhere.path("main.cjs"),
        bundle: true,
        platform: "node",
        logLevel: "silent",
      });
      expect(warnings.filter(({ location }) => location?.file.includes("cdktf-ksvla"))).toEqual([]);

      await elsewhere.run(process.execPath, ["main.cjs"]);

      expect(await elsewhere.terraform("datacenter", ["init", "-lockfile=readonly"])).toContain(
        `Installed terraform.local/ksvla/ksvla v${version}`,
      );
    } finally {
      await elsewhere.remove();
    }
  });

  test.each(["esm", "cjs"])("can have life-cycle hooks as %s", async (kind) => {
    await project.run(process.execPath, [`${kind}/hook.js`]);

    expect(await project.read("cdktf.out/stacks/hooked/cdk.tf.json")).toContain("null_resource");
  });

  test.each(["esm", "cjs"])("finds generated classes and the simulator as %s", async (kind) => {
    await project.run(process.execPath, [`${kind}/entries.js`]);

    expect(await project.read("cdktf.out/stacks/entries/cdk.tf.json")).toContain("ksvla_svm");
  });
});

describe.each(["commonjs", "module"])("in a project of type %s, npx", (type) => {
  let user: Project;
  beforeAll(async () => {
    user = await Project.create();
    await user.write("package.json", JSON.stringify({ name: "user", private: true, type }));
    await user.npm("install", tarball, "--offline", "--legacy-peer-deps");
  });
  afterAll(() => user.remove());

  test.each(["cdktf-ksvla", "ksvla"])("finds %s, which installs the plugin", async (command) => {
    expect(await user.run("npx", ["--offline", command, "--version"])).toBe(`${version}\n`);

    const output = await user.run("npx", ["--offline", command, "install", "--plugin-dir", "plugins"]);

    expect(output).toContain('source  = "terraform.local/ksvla/ksvla"');
  });
});

test("npx gets the command from the package where no project has it", async () => {
  const user = await Project.create();
  try {
    const output = await user.run("npx", [
      "--offline",
      "--legacy-peer-deps",
      "--yes",
      `--package=${tarball}`,
      "cdktf-ksvla",
      "--version",
    ]);

    expect(output).toBe(`${version}\n`);
  } finally {
    await user.remove();
  }
});
