/** One executable file out of an entry point and everything it imports. */
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

export interface BundleRequest {
  readonly root: string;
  /** Relative to the root. */
  readonly entry: string;
  readonly outfile: string;
}
export interface Bundle {
  readonly outfile: string;
  readonly bytes: number;
  /** Folders of the npm packages inside, relative to the root. */
  readonly packages: readonly string[];
}

/**
 * A dynamic `import()` stays lazy: esbuild wraps the module in a function that runs on first use. Licence comments
 * are left out of the code, since `dist/THIRD-PARTY-LICENSES` has the complete texts.
 */
export async function bundle({ root, entry, outfile }: BundleRequest): Promise<Bundle> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    banner: { js: "#!/usr/bin/env node" },
    legalComments: "none",
    // What fetch-blob falls back to on a Node.js older than 18: a quarter of the plugin, read at each start.
    external: ["web-streams-polyfill"],
    metafile: true,
    logLevel: "warning",
  });
  await chmod(outfile, 0o755);
  const bytes = Object.values(metafile.outputs)[0]?.bytes ?? 0;
  return { outfile, bytes, packages: packagesOf(Object.keys(metafile.inputs)) };
}

const PACKAGE = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

function packagesOf(inputs: readonly string[]): string[] {
  const folders = inputs.map((path) => PACKAGE.exec(path)?.[0]).filter((folder) => folder !== undefined);
  return [...new Set(folders.map((folder) => join(folder)))];
}
