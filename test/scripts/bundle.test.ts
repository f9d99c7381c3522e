import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "../../scripts/build/bundle";
import { bundlePlugin } from "../../scripts/build/bundle-plugin";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "bundle-test-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function bundled(files: Readonly<Record<string, string>>, how: typeof bundle): Promise<string> {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(root, name), content);
  const outfile = join(root, "out", "program");
  await how({ root, entry: "main.ts", outfile });
  return outfile;
}

const PROGRAM = {
  "main.ts": `
    console.log("start");
    Promise.all([import("./a"), import("./b")]).then(([{ a }, { b }]) => console.log(a, b, a.shared === b.shared));`,
  "a.ts": `import { shared } from "./shared"; import { sep } from "node:path"; export const a = { name: "ä" + sep, shared };`,
  "b.ts": `import { shared } from "./shared"; console.log("b runs"); export const b = { name: "b", shared };`,
  "shared.ts": `export const shared = {};`,
};
const OUTPUT = ["start", "b runs", "{ name: 'ä/', shared: {} } { name: 'b', shared: {} } true", ""].join("\n");

test("a command is one program", async () => {
  const program = await bundled(PROGRAM, bundle);
  expect(execFileSync(program, { encoding: "utf8" })).toBe(OUTPUT);
});

describe("a plugin", () => {
  test("is one program that runs the same, and prints where the log is", async () => {
    const program = await bundled(PROGRAM, bundlePlugin);
    expect(spawnSync(program, { encoding: "utf8" })).toMatchObject({ stdout: "", stderr: OUTPUT, status: 0 });
  });

  test("has what is imported dynamically as its last part, which is compiled when it is used", async () => {
    const parts = readFileSync(await bundled(PROGRAM, bundlePlugin), "utf8").split("\f");
    expect(parts.map((part) => part.includes("b runs"))).toEqual([false, false, false, true]);
  });

  test("has a part for each import that shares no module with another", async () => {
    const main = `${PROGRAM["main.ts"]} import("./c"); import("./d");`;
    const files = {
      ...PROGRAM,
      "main.ts": main,
      "c.ts": `console.log("c runs");`,
      "d.ts": `import "./b"; console.log("d runs");`,
    };
    const program = await bundled(files, bundlePlugin);
    const parts = readFileSync(program, "utf8").split("\f").slice(3);
    const runs = (part: string) => ["b runs", "c runs", "d runs"].filter((text) => part.includes(text));
    expect(parts.map(runs).sort()).toEqual([["b runs", "d runs"], ["c runs"]]);
    expect(spawnSync(program, { encoding: "utf8" }).stderr.split("\n")).toEqual(
      expect.arrayContaining([...OUTPUT.slice(0, -1).split("\n"), "c runs", "d runs"]),
    );
  });

  test("is the same each time, in whichever order its imports are found", async () => {
    // Some are found through others, which takes as long as it takes.
    const numbers = Array.from({ length: 8 }, (_, index) => index);
    const files = Object.fromEntries([
      ...numbers.map((each) => [`deferred${each}.ts`, `console.log("deferred ${each}");`]),
      ...numbers.map((each) => [`step${each}.ts`, `export const step${each} = () => import("./deferred${7 - each}");`]),
      ["main.ts", numbers.map((each) => `import { step${each} } from "./step${each}"; step${each}();`).join("\n")],
    ]);
    const programs = new Set<string>();
    for (let round = 0; round < 5; round++) programs.add(readFileSync(await bundled(files, bundlePlugin), "utf8"));
    expect(programs.size).toBe(1);
  });

  test("with a module that is needed both at the start and later is refused, since it would exist twice", async () => {
    const main = `import { shared } from "./shared"; console.log(shared); ${PROGRAM["main.ts"]}`;
    await expect(bundled({ ...PROGRAM, "main.ts": main }, bundlePlugin)).rejects.toThrow("shared.ts");
  });

  test("with a form feed in its text is refused, since that stands between its parts", async () => {
    const main = "console.log(String.raw`\f`);";
    await expect(bundled({ "main.ts": main }, bundlePlugin)).rejects.toThrow("form feed");
  });
});
