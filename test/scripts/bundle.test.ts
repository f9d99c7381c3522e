import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "../../scripts/build/bundle";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "bundle-test-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function bundled(files: Readonly<Record<string, string>>, deferImports: boolean): Promise<string> {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(root, name), content);
  const outfile = join(root, "out", "program");
  await bundle({ root, entry: "main.ts", outfile, deferImports });
  return outfile;
}

const PROGRAM = {
  "main.ts": `
    console.log("start");
    Promise.all([import("./a"), import("./b")]).then(([{ a }, { b }]) => console.log(a, b, a.shared === b.shared));`,
  "a.ts": `import { shared } from "./shared"; import { sep } from "node:path"; export const a = { name: "a" + sep, shared };`,
  "b.ts": `import { shared } from "./shared"; console.log("b runs"); export const b = { name: "b", shared };`,
  "shared.ts": `export const shared = {};`,
};

test.each([true, false])(
  "a bundle with deferred imports = %s is one program that runs the same",
  async (deferImports) => {
    const program = await bundled(PROGRAM, deferImports);
    expect(execFileSync(program, { encoding: "utf8" }).split("\n")).toEqual([
      "start",
      "b runs",
      "{ name: 'a/', shared: {} } { name: 'b', shared: {} } true",
      "",
    ]);
  },
);

test("deferred code is text to the program until it is used", async () => {
  const program = await bundled(PROGRAM, true);
  expect(readFileSync(program, "utf8")).toContain(String.raw`console.log(\"b runs\")`);
});

test("a module that is needed both at the start and later is refused, since it would exist twice", async () => {
  const main = `import { shared } from "./shared"; console.log(shared); ${PROGRAM["main.ts"]}`;
  await expect(bundled({ ...PROGRAM, "main.ts": main }, true)).rejects.toThrow("shared.ts");
});
