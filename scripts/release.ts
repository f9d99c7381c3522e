/** `npm run release -- --tag v1.2.3 --out FOLDER`: builds the package and writes all that its release consists of. */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildPackage } from "./build/build-package";
import { makeRelease } from "./release/assets";

async function main(): Promise<void> {
  const { tag, out } = parseArgs({ options: { tag: { type: "string" }, out: { type: "string" } } }).values;
  if (tag === undefined || out === undefined) throw new Error("usage: npm run release -- --tag v1.2.3 --out FOLDER");
  await buildPackage(join(__dirname, ".."));
  makeRelease({ tag, out: resolve(out) });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
