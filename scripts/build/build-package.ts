/** Makes `dist/`: the plugin and the command line as one file each, the constructs as CommonJS with typings. */
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import packageJson from "../../package.json";
import { pluginFileName } from "../../src/installation/mirror";
import { builtAnswers } from "./answers";
import { type Bundle, bundle } from "./bundle";
import { bundlePlugin } from "./bundle-plugin";
import { compileConstructs } from "./constructs";
import { coverageTemplate } from "./coverage-page";
import { collectLicenses } from "./licenses";
import { pack } from "./pack";
import { billOfMaterials } from "./sbom";

export interface BuiltFile {
  /** Relative to the project. */
  readonly path: string;
  readonly bytes: number;
}

/**
 * Everything is made in a folder of its own and put in place at the end, so that whoever uses `dist/` meanwhile
 * (a running test, a second build) never sees half of it.
 *
 * @param root The project's folder.
 * @returns The bundled files.
 */
export async function buildPackage(root: string): Promise<readonly BuiltFile[]> {
  const target = join(root, "dist");
  const work = join(root, "node_modules", ".cache", packageJson.name, `build-${process.pid}`);
  await mkdir(work, { recursive: true });
  const begun = [
    bundleProvider(root, join(work, "plugin", "terraform-provider-ksvla")),
    bundle({ root, entry: "src/cli/ksvla.ts", outfile: join(work, "cli", "ksvla.js"), external: ["#plugin"] }),
    compileConstructs({ root, outDir: work }),
  ] as const;
  try {
    const [plugin, cli, constructs] = await Promise.all(begun);
    await pack({ executable: plugin.outfile, fileName: pluginFileName(packageJson.version) });
    const packages = [...plugin.packages, ...cli.packages, ...constructs];
    await writeFile(join(work, "THIRD-PARTY-LICENSES"), await collectLicenses(root, packages));
    await writeFile(join(work, "sbom.cdx.json"), await billOfMaterials(root, packages));
    await writeFile(join(work, "cli", "coverage.html"), await coverageTemplate(root));
    await replaceFolder(target, work);
    return [plugin, cli].map(({ outfile, bytes }) => ({ path: join("dist", relative(work, outfile)), bytes }));
  } finally {
    // What goes on after another has failed would write into a folder that is being removed, which is then what is told.
    await Promise.allSettled(begun);
    await rm(work, { recursive: true, force: true });
  }
}

/** The plugin, with the answers that are the same whatever is asked. */
export async function bundleProvider(root: string, outfile: string): Promise<Bundle> {
  return bundlePlugin({ root, entry: "src/plugin.ts", outfile, answers: await builtAnswers() });
}

async function replaceFolder(target: string, replacement: string): Promise<void> {
  const previous = `${replacement}-previous`;
  await rename(target, previous).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  await rename(replacement, target);
  await rm(previous, { recursive: true, force: true });
}
