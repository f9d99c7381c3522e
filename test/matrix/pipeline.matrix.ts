/** A pipeline whose one job synthesizes, and whose next one deploys what the artifact store has kept. */
import { chmod, cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Simulator, startSimulator } from "../../src/simulator";
import { TIME_SCALE } from "../e2e/support/configuration";
import { Project, pack, ROOT } from "../package/support/project";
import { readmeApp, readmeEnvironment, readmeLeftovers } from "../package/support/readme";

jest.setTimeout(180_000);

const COMPILER = join(ROOT, "node_modules", "typescript", "bin", "tsc");
const CDKTF = join(ROOT, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf");

let folder: string;
let tarball: string;
let simulator: Simulator;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ksvla-pack-"));
  ({ tarball } = await pack(folder));
  simulator = await startSimulator({ timeScale: TIME_SCALE });
});
afterAll(async () => {
  await simulator?.stop();
  await rm(folder, { recursive: true });
});

const CDKTF_JSON = JSON.stringify({ language: "typescript", app: "node main.js", sendCrashReports: "false" });

/** @returns a project with nothing but what `cdktf synth` has written */
async function synthesized(): Promise<Project> {
  const project = await Project.create();
  await project.npm("install", tarball, "--offline", "--legacy-peer-deps");
  for (const name of ["cdktf", "constructs"]) await project.link(name);
  const backend = `new LocalBackend(this, { path: ${JSON.stringify(join(folder, "state.json"))} });`;
  const app = readmeApp()
    .replace("import { App, ", "import { App, LocalBackend, ")
    .replace("super(scope, id);", `super(scope, id);\n    ${backend}`);
  await project.write("main.ts", app);
  await project.write("cdktf.json", CDKTF_JSON);
  await project.run(process.execPath, [
    COMPILER,
    "main.ts",
    "--module",
    "nodenext",
    "--target",
    "es2022",
    "--types",
    "",
  ]);
  await project.run(process.execPath, [CDKTF, "synth"], { TF_INPUT: "0" });
  return project;
}

/** What artifact stores keep of a folder: files without their rights and without links; some leave hidden files out. */
async function keep(from: string, to: string, withHidden: boolean): Promise<void> {
  await cp(from, to, {
    recursive: true,
    dereference: true,
    filter: (path) => withHidden || !basename(path).startsWith("."),
  });
  const files = await readdir(to, { recursive: true, withFileTypes: true });
  await Promise.all(
    files.filter((file) => file.isFile()).map((file) => chmod(join(file.parentPath, file.name), 0o644)),
  );
}

test.each([
  ["everything", true, []],
  ["everything but hidden files", false, ["--skip-provider-lock"]],
])("the next job deploys from an artifact of %s", async (_, withHidden, flags) => {
  const first = await synthesized();
  const next = await Project.create();
  try {
    await keep(first.path("cdktf.out"), next.path("cdktf.out"), withHidden);
    await next.write("cdktf.json", CDKTF_JSON);
    await first.remove();
    const environment = { ...readmeEnvironment(simulator), TF_INPUT: "0", CI: "1" };
    const cdktf = (...args: readonly string[]) =>
      next.run(process.execPath, [CDKTF, ...args, "--skip-synth"], environment);

    expect(await cdktf("deploy", "--auto-approve", ...flags)).toContain("svm_addresses");

    await cdktf("destroy", "--auto-approve", ...flags);
    expect(readmeLeftovers(simulator)).toEqual([]);
  } finally {
    await next.remove();
  }
});
