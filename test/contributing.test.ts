/** The resource of CONTRIBUTING is one that compiles and that the linter has nothing to say about. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "..");
const RESOURCE = "src/resources/infrastructure-refresh";

/** The code of each file, by the last name of one before it. */
function filesIn(markdown: string): Map<string, string> {
  const files = new Map<string, string>();
  const [before = "", ...blocks] = markdown.split("```ts\n");
  let text = before;
  for (const block of blocks) {
    const [code = "", after = ""] = block.split(/```\n(.*)/s);
    const name = [...text.matchAll(/`([\w./-]+\.ts)`/g)].at(-1)?.[1] ?? "";
    if (!name.includes("/")) files.set(join(RESOURCE, name), code);
    else if (/^(src|test)\//.test(name)) files.set(name, code);
    text = after;
  }
  return files;
}

let folder: string;
function run(program: string, ...args: readonly string[]) {
  const command = [join(ROOT, "node_modules", program), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "contributing-"));
  const files = filesIn(readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8"));
  expect([...files.keys()]).toEqual([
    ...["schema.ts", "create.ts", "read.ts", "delete.ts", "index.ts"].map((name) => `${RESOURCE}/${name}`),
    "test/resources/infrastructure-refresh/life-cycle.test.ts",
  ]);
  for (const [name, code] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), code);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("it compiles beside the other resources", () => {
  const tsconfig = {
    extends: join(ROOT, "tsconfig.json"),
    compilerOptions: { rootDirs: [".", ROOT], typeRoots: [join(ROOT, "node_modules/@types")] },
    include: ["src", "test"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));

  expect(run("typescript/bin/tsc", "-p", ".")).toEqual({ status: 0, output: "" });
});

test("it is formatted, and the linter has nothing to say", () => {
  const { vcs, files, ...settings } = JSON.parse(readFileSync(join(ROOT, "biome.json"), "utf8"));
  writeFileSync(join(folder, "biome.json"), JSON.stringify(settings));

  expect(run("@biomejs/biome/bin/biome", "check", "src", "test", "--error-on-warnings")).toMatchObject({ status: 0 });
});
