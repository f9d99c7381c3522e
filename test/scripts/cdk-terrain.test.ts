import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { writeCdkTerrain } from "../../scripts/build/cdk-terrain";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cdk-terrain-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function written(code: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
  for (const [path, text] of Object.entries(code)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  await writeCdkTerrain(folder, ["constructs", "src"]);
  const files = readdirSync(join(folder, "cdktn"), { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    files
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]),
  );
}

test("what reaches CDKTF, in code or in types, is there with CDK Terrain in its place; the rest is shared", async () => {
  const files = await written({
    "constructs/index.js": 'require("./a"); require("./plain"); require("../src");',
    "constructs/index.d.ts": 'export * from "./a"; export * from "./types";',
    "constructs/a.js": 'const x = require("cdktf"); require("constructs"); require("../package.json");',
    "constructs/a.d.ts": "",
    "constructs/plain.js": 'require("../src");',
    "constructs/types.js": "",
    "constructs/types.d.ts": 'import type { App } from "cdktf";',
    "src/index.js": "",
  });

  expect(files).toEqual({
    "cdktn/constructs/a.d.ts": "",
    "cdktn/constructs/a.js": 'const x = require("cdktn"); require("constructs"); require("../../package.json");',
    "cdktn/constructs/index.d.ts": 'export * from "./a"; export * from "./types";',
    "cdktn/constructs/index.js": 'require("./a"); require("../../constructs/plain"); require("../../src/index");',
    "cdktn/constructs/types.d.ts": 'import type { App } from "cdktn";',
    "cdktn/constructs/types.js": "",
  });
});

test("a hook stands on another module", async () => {
  const files = await written({
    "constructs/hook/lifecycle-hook.js": 'require("./null-resource");',
    "constructs/hook/null-resource.js": 'require("@cdktf/provider-null"); require("cdktf");',
    "constructs/hook/data-resource.js": 'require("cdktf");',
    "src/index.js": "",
  });

  expect(files).toEqual({
    "cdktn/constructs/hook/data-resource.js": 'require("cdktn");',
    "cdktn/constructs/hook/lifecycle-hook.js": 'require("./data-resource");',
  });
});

test("texts tell to import and to run what there is for CDK Terrain", async () => {
  const { "cdktn/constructs/a.js": text } = await written({
    "constructs/a.js": `require("cdktf"); // "cdktf-ksvla" "cdktf-ksvla/generated" "cdktf-ksvla/simulator" \`cdktf deploy\` CDKTF`,
    "src/index.js": "",
  });

  expect(text).toBe(
    `require("cdktn"); // "cdktf-ksvla/cdktn" "cdktf-ksvla/cdktn/generated" "cdktf-ksvla/simulator" \`cdktn deploy\` CDKTF`,
  );
});
