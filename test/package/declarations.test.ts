/** The package's declarations, checked as strictly as a project can, with old libraries and without any types of Node.js. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ENTRIES_APP } from "./support/entries-app";
import { HOOKED_APP } from "./support/hooked-app";
import { Project, pack, ROOT } from "./support/project";
import { readmeApp } from "./support/readme";

jest.setTimeout(60_000);

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

let folder: string;
let project: Project;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ksvla-pack-"));
  const { tarball } = await pack(folder);
  project = await Project.create();
  await project.npm("install", tarball, "--offline", "--legacy-peer-deps");
  for (const name of ["cdktf", "constructs", "@cdktf/provider-null"]) await project.link(name);
  await project.write("main.mts", readmeApp());
  await project.write("hook.mts", HOOKED_APP);
  await project.write("entries.mts", ENTRIES_APP);
});
afterAll(async () => {
  await project?.remove();
  await rm(folder, { recursive: true });
});

function compile(library: string, types: string): Promise<string> {
  const flags = STRICTEST.map((flag) => `--${flag}`);
  const options = ["--noEmit", "--module", "nodenext", "--target", library, "--lib", library, "--types", types];
  return project.run(process.execPath, [COMPILER, "main.mts", "hook.mts", "entries.mts", ...flags, ...options]);
}

test.each(LIBRARIES)("an app compiles with the library of %s and nothing else", (library) => compile(library, ""));

describe("beside the types of Node.js", () => {
  beforeAll(async () => {
    for (const name of ["@types/node", "undici-types"]) await project.link(name);
  });

  test.each(LIBRARIES)("an app compiles with the library of %s", (library) => compile(library, "node"));
});
