import { join } from "node:path";
import { build } from "esbuild";

const root = join(__dirname, "../..");

test("the constructs load nothing but their peers and Node.js", async () => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["constructs/index.ts"],
    bundle: true,
    platform: "node",
    packages: "external",
    write: false,
    metafile: true,
  });
  const imports = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  expect([...new Set(imports)].filter((path) => !path.startsWith("node:")).sort()).toEqual(["cdktf", "constructs"]);
});
