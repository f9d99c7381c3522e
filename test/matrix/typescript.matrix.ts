/** Apps in TypeScript, compiled by versions that come from npm. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ENTRIES_APP } from "../package/support/entries-app";
import { HOOKED_APP } from "../package/support/hooked-app";
import { Project, pack } from "../package/support/project";
import { readmeApp } from "../package/support/readme";

jest.setTimeout(300_000);

const APPS = { main: readmeApp(), hook: HOOKED_APP, entries: ENTRIES_APP };
/** Those that stand for the rest: the oldest that is supported, and the last ones of 5. */
const VERSIONS = ["5.0", "5.3", "5.9"];

let folder: string;
let project: Project;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ksvla-pack-"));
  const { tarball } = await pack(folder);
  project = await Project.create();
  const compilers = VERSIONS.map((version) => `typescript-${version}@npm:typescript@${version}`);
  await project.npm("install", tarball, "--prefer-offline", "--legacy-peer-deps", ...compilers);
  for (const name of ["cdktf", "constructs", "@cdktf/provider-null", "@types/node", "undici-types"])
    await project.link(name);
  for (const [name, app] of Object.entries(APPS)) await project.write(`${name}.mts`, app);
});
afterAll(async () => {
  await project?.remove();
  await rm(folder, { recursive: true });
});

test.each(VERSIONS)("TypeScript %s takes every declaration of the package", async (version) => {
  const compiler = join("node_modules", `typescript-${version}`, "lib", "tsc.js");
  const files = Object.keys(APPS).map((name) => `${name}.mts`);
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--types", "node"];
  await project.run(process.execPath, [compiler, ...files, ...options]);
});
