import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readImportGraph } from "./import-graph";

const PROGRAM = {
  "tsconfig.json": JSON.stringify({
    compilerOptions: { module: "esnext", moduleResolution: "bundler", types: [], paths: { mapped: ["./mapped.ts"] } },
    include: ["**/*.ts"],
  }),
  "room/index.ts": `export { inside } from "./inside";`,
  "room/inside.ts": "export const inside = 1; export type Inside = number;",
  "mapped.ts": "export default 1;",
  "by-index.ts": `import { inside } from "./room"; export const it = inside;`,
  "type.ts": `import type { Inside } from "./room/inside"; export type It = Inside;`,
  "inline-type.ts": `export type It = import("./room/inside").Inside;`,
  "everything.ts": `export * from "./room";`,
  "later.ts": `export const it = () => import("./room/inside");`,
  "side-effect.ts": `import "./room/inside"; export {};`,
  "by-mapping.ts": `import it from "mapped"; export { it };`,
  "node_modules/tool/index.d.ts": `export { it } from "@scope/used";`,
  "node_modules/@scope/used/index.d.ts": "export declare const it: number;",
  "packages.ts": `import { it } from "tool"; export { it as other } from "@scope/used"; export { it };`,
};

test("an import graph knows every kind of import and what it resolves to", () => {
  const root = mkdtempSync(join(tmpdir(), "import-graph-"));
  try {
    for (const [file, text] of Object.entries(PROGRAM)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    const graph = Object.fromEntries([...readImportGraph(root)].map(([file, imports]) => [file, [...imports].sort()]));
    expect(graph).toEqual({
      "by-index.ts": ["room/index.ts"],
      "by-mapping.ts": ["mapped.ts"],
      "everything.ts": ["room/index.ts"],
      "inline-type.ts": ["room/inside.ts"],
      "later.ts": ["room/inside.ts"],
      "mapped.ts": [],
      "packages.ts": ["npm:@scope/used", "npm:tool"],
      "room/index.ts": ["room/inside.ts"],
      "room/inside.ts": [],
      "side-effect.ts": ["room/inside.ts"],
      "type.ts": ["room/inside.ts"],
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
