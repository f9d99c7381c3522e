/** Apps that are installed by other package managers than npm, or bundled: synthesis finds the plugin wherever it is. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { version } from "../../package.json";
import { Project, pack, ROOT } from "../package/support/project";
import { readmeApp } from "../package/support/readme";

jest.setTimeout(300_000);

const PEERS = { cdktf: "0.21.0", constructs: "10.7.2" };

let folder: string;
let tarball: string;
/** The README's app as CommonJS. */
let app: string;
let registry: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ksvla-pack-"));
  ({ tarball } = await pack(folder));
  ({ code: app } = await transform(readmeApp(), { loader: "ts", format: "cjs", platform: "node" }));
  const { stdout } = await promisify(execFile)("npm", ["config", "get", "registry"], { cwd: ROOT });
  registry = stdout.trim().replace(/\/$/, "");
});
afterAll(() => rm(folder, { recursive: true }));

/** A project with the app in it, and with the package that it wants beside it. */
async function projectOf(peers = PEERS): Promise<Project> {
  const project = await Project.create();
  await cp(tarball, project.path(basename(tarball)));
  const dependencies = { ...peers, "cdktf-ksvla": `file:./${basename(tarball)}` };
  await project.write("package.json", JSON.stringify({ name: "project", private: true, dependencies }));
  await project.write("main.cjs", app);
  return project;
}

/** Installs a tool outside of the project, so that it is none of its dependencies. */
async function tool(name: string, program: string): Promise<string> {
  const place = join(folder, basename(name));
  await mkdir(place, { recursive: true });
  const flags = ["--no-audit", "--no-fund", "--loglevel=error", "--prefix", place];
  await promisify(execFile)("npm", ["install", ...flags, name], { cwd: place });
  return join(place, "node_modules", program);
}

/** Terraform takes what synthesis has put beside the stack. */
async function expectInstallable(project: Project): Promise<void> {
  expect(await project.read("cdktf.out/stacks/datacenter/.terraform.lock.hcl")).toContain(`"${version}"`);
  const output = await project.terraform("datacenter", ["init", "-lockfile=readonly"]);
  expect(output).toContain(`Installed terraform.local/ksvla/ksvla v${version}`);
  await project.terraform("datacenter", ["validate"]);
}

const MANAGERS: Readonly<Record<string, (project: Project) => Promise<void>>> = {
  "Yarn with Plug'n'Play": async (project) => {
    const yarn = await tool("@yarnpkg/cli-dist@4", "@yarnpkg/cli-dist/bin/yarn.js");
    const isPlain = registry.startsWith("http:");
    const settings = [
      `npmRegistryServer: ${JSON.stringify(registry)}`,
      "enableTelemetry: false",
      "enableGlobalCache: false",
      ...(isPlain ? ['unsafeHttpWhitelist: ["*"]'] : []),
    ];
    await project.write(".yarnrc.yml", `${settings.join("\n")}\n`);
    await project.write("yarn.lock", "");
    const run = (...args: readonly string[]) => project.run(process.execPath, [yarn, ...args], proxies());
    await run("install", "--no-immutable");
    await run("node", "main.cjs");
    expect(await run("ksvla", "--version")).toContain(version);
  },
  pnpm: async (project) => {
    const pnpm = await tool("pnpm@9", "pnpm/bin/pnpm.cjs");
    const run = (...args: readonly string[]) => project.run(process.execPath, [pnpm, ...args], proxies());
    await run("install", `--registry=${registry}`, `--store-dir=${join(folder, "pnpm-store")}`);
    await run("exec", "node", "main.cjs");
    expect(await run("exec", "ksvla", "--version")).toContain(version);
  },
};

/** Settings of the network that the user has in the environment. */
function proxies(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) =>
      /^(?:https?|no)_proxy$|^npm_config_|^NODE_EXTRA_CA_CERTS$/i.test(name),
    ),
  );
}

test.each(Object.entries(MANAGERS))("an app that %s has installed synthesizes", async (_, synthesize) => {
  const project = await projectOf();
  try {
    await synthesize(project);
    await expectInstallable(project);
  } finally {
    await project.remove();
  }
});

test("an app of the oldest CDKTF that is supported is installed without a flag, and synthesizes", async () => {
  const project = await projectOf({ ...PEERS, cdktf: "0.20.12" });
  try {
    await project.npm("install", "--prefer-offline");
    await project.run(process.execPath, ["main.cjs"]);
    await expectInstallable(project);
  } finally {
    await project.remove();
  }
});

test("an app that webpack has bundled synthesizes where nothing is installed", async () => {
  const webpack = await tool("webpack@5", "webpack");
  const project = await projectOf();
  const elsewhere = await Project.create();
  try {
    await project.npm("install", "--prefer-offline");
    const build = `require(${JSON.stringify(webpack)})({
      mode: "production", target: "node", entry: "./main.cjs", output: { path: ${JSON.stringify(elsewhere.directory)}, filename: "main.cjs" },
    }, (error, stats) => {
      if (error ?? stats.hasErrors()) throw error ?? new Error(stats.toString());
      if (stats.hasWarnings()) console.log(stats.toString({ all: false, warnings: true }));
    });`;
    const warnings = await project.run(process.execPath, ["-e", build]);
    expect(warnings).not.toContain("cdktf-ksvla");

    await elsewhere.run(process.execPath, ["main.cjs"]);

    await expectInstallable(elsewhere);
  } finally {
    await project.remove();
    await elsewhere.remove();
  }
});
