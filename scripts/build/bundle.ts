/** One executable file out of an entry point and everything it imports. */
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { BuildOptions } from "esbuild";
import { buildText, bundleDeferred } from "./deferred";

export interface BundleRequest {
  readonly root: string;
  /** Relative to the root. */
  readonly entry: string;
  readonly outfile: string;
  /** What the entry imports dynamically is not even read before its first use. @default false: it only runs then */
  readonly deferImports?: boolean;
}
export interface Bundle {
  readonly outfile: string;
  readonly bytes: number;
  /** Folders of the npm packages inside, relative to the root. */
  readonly packages: readonly string[];
}

/** Licence comments are left out of the code, since `dist/THIRD-PARTY-LICENSES` has the complete texts. */
export async function bundle({ root, entry, outfile, deferImports = false }: BundleRequest): Promise<Bundle> {
  const options: BuildOptions = {
    absWorkingDir: root,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    banner: { js: "#!/usr/bin/env node" },
    legalComments: "none",
    // What fetch-blob falls back to on a Node.js older than 18: a quarter of the plugin, read at each start.
    external: ["web-streams-polyfill"],
    logLevel: "warning",
  };
  const bundled = deferImports ? bundleDeferred(root, entry, options) : buildText({ ...options, entryPoints: [entry] });
  const { text, inputs } = await bundled;
  await mkdir(dirname(outfile), { recursive: true });
  await writeFile(outfile, text);
  await chmod(outfile, 0o755);
  return { outfile, bytes: Buffer.byteLength(text), packages: packagesOf(inputs) };
}

const PACKAGE = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

function packagesOf(inputs: readonly string[]): string[] {
  const folders = inputs.map((path) => PACKAGE.exec(path)?.[0]).filter((folder) => folder !== undefined);
  return [...new Set(folders.map((folder) => join(folder)))];
}
