/** The constructs for both CDKs, the simulator, and the sources they use, as CommonJS with typings. */
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { exports, version } from "../../package.json";
import { CDK_TERRAIN, writeCdkTerrain } from "./cdk-terrain";
import { removeUnreachable } from "./prune";
import { completeTesting } from "./testing";

const run = promisify(execFile);

/** The folders with compiled code. */
const SOURCES = ["constructs", "src"];
/** What package.json exports and the compiler writes, without an extension. */
const ENTRIES = Object.values(exports)
  .filter((entry) => typeof entry === "object")
  .filter((entry) => entry.default.endsWith(".js"))
  .map((entry) => entry.default.replace(/^\.\/dist\/|\.js$/g, ""));

/** @returns Folders of the npm packages inside, relative to the root. */
export async function compileConstructs({
  root,
  outDir,
}: {
  root: string;
  outDir: string;
}): Promise<readonly string[]> {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  await run(process.execPath, [compiler, "-p", "tsconfig.build.json", "--outDir", outDir], { cwd: root }).catch(
    (error: Error & { stdout?: string }) => {
      throw new Error(`The constructs do not compile:\n${error.stdout?.trim() || error.message}`);
    },
  );
  await writeCdkTerrain(outDir, SOURCES);
  await removeUnreachable(outDir, [...SOURCES, CDK_TERRAIN], ENTRIES);
  const packages = await completeTesting(root, outDir);
  // The compiler copies the whole package.json beside its output. What is read from there is the version, and where the plugin is.
  const imports = { "#plugin": "./plugin/package.js" };
  await writeFile(join(outDir, "package.json"), `${JSON.stringify({ type: "commonjs", version, imports })}\n`);
  return packages;
}
