/** The package's declarations, checked as strictly as a project can, with old libraries and without any types of Node.js. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inCdkTerrain } from "./support/cdk-terrain";
import { ENTRIES_APP } from "./support/entries-app";
import { HOOKED_APP } from "./support/hooked-app";
import { Project, pack, ROOT } from "./support/project";
import { readmeApp } from "./support/readme";

const COMPILER = join(ROOT, "node_modules", "typescript", "bin", "tsc");
const LIBRARIES = ["es2018", "es2019", "es2020", "es2021", "es2022", "es2023", "es2024", "esnext"];
/** Without `skipLibCheck`, what is wrong in any declaration is an error of the app. */
const STRICTEST = [
  "strict",
  "exactOptionalPropertyTypes",
  "noUncheckedIndexedAccess",
  "noPropertyAccessFromIndexSignature",
  "noImplicitOverride",
  "noImplicitReturns",
  "noFallthroughCasesInSwitch",
  "noUnusedLocals",
  "noUnusedParameters",
  "isolatedModules",
  "verbatimModuleSyntax",
];

const APPS = { main: readmeApp(), hook: HOOKED_APP, entries: ENTRIES_APP };
const FILES = Object.keys(APPS).flatMap((name) => [`${name}.mts`, `${name}-terrain.mts`]);

let folder: string;
let project: Project;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ksvla-pack-"));
  const { tarball } = await pack(folder);
  project = await Project.create();
  await project.npm("install", tarball, "--offline", "--legacy-peer-deps");
  for (const name of ["cdktf", "cdktn", "constructs", "@cdktf/provider-null"]) await project.link(name);
  for (const [name, app] of Object.entries(APPS)) {
    await project.write(`${name}.mts`, app);
    await project.write(`${name}-terrain.mts`, inCdkTerrain(app));
  }
});
afterAll(async () => {
  await project?.remove();
  await rm(folder, { recursive: true });
});

function compile(library: string, types: string): Promise<string> {
  const flags = STRICTEST.map((flag) => `--${flag}`);
  const options = ["--noEmit", "--module", "nodenext", "--target", library, "--lib", library, "--types", types];
  return project.run(process.execPath, [COMPILER, ...FILES, ...flags, ...options]);
}

test.each(LIBRARIES)("an app compiles with the library of %s and nothing else", (library) => compile(library, ""));

describe("beside the types of Node.js", () => {
  beforeAll(async () => {
    for (const name of ["@types/node", "undici-types"]) await project.link(name);
  });

  test.each(LIBRARIES)("an app compiles with the library of %s", (library) => compile(library, "node"));
});
