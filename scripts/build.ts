/**
 * Makes `dist/`: the plugin and the command line as one file each, the constructs as CommonJS with typings.
 *
 * Everything is made in a folder of its own and put in place at the end, so that whoever uses `dist/` meanwhile
 * (a running test, a second build) never sees half of it.
 */
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { performance } from "node:perf_hooks";
import packageJson from "../package.json";
import { bundle } from "./build/bundle";
import { compileConstructs } from "./build/constructs";
import { collectLicenses } from "./build/licenses";

const root = join(__dirname, "..");
const target = join(root, "dist");
const work = join(root, "node_modules", ".cache", packageJson.name, `build-${process.pid}`);

async function build(): Promise<void> {
  const started = performance.now();
  await mkdir(work, { recursive: true });
  try {
    const [plugin, cli] = await Promise.all([
      bundle({ root, entry: "src/plugin.ts", outfile: join(work, "plugin", "terraform-provider-ksvla") }),
      bundle({ root, entry: "src/cli/ksvla.ts", outfile: join(work, "cli", "ksvla.js") }),
      compileConstructs({ root, outDir: work }),
    ]);
    const licenses = await collectLicenses(root, [...plugin.packages, ...cli.packages]);
    await writeFile(join(work, "THIRD-PARTY-LICENSES"), licenses);
    await putInPlace();
    for (const { outfile, bytes } of [plugin, cli]) {
      console.log(`dist/${relative(work, outfile)}  ${Math.round(bytes / 1024)} kB`);
    }
    console.log(`dist/constructs  Built in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function putInPlace(): Promise<void> {
  const previous = `${work}-previous`;
  await rename(target, previous).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  await rename(work, target);
  await rm(previous, { recursive: true, force: true });
}

build().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
