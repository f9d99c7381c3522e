/** One executable file out of an entry point and everything it imports. */
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type BuildOptions, build, type Metafile } from "esbuild";
import packageJson from "../../package.json";

/** The major version of Node.js that the package needs at least; package.json says `>=` and that. */
export const OLDEST_NODE = Number.parseInt(packageJson.engines.node.slice(">=".length), 10);

export interface BundleRequest {
  readonly root: string;
  /** Relative to the root. */
  readonly entry: string;
  readonly outfile: string;
  /** What it requires when it runs. @default nothing but Node.js */
  readonly external?: readonly string[];
}
export interface Bundle {
  readonly outfile: string;
  readonly bytes: number;
  /** Folders of the npm packages inside, relative to the root. */
  readonly packages: readonly string[];
}

/** Licence comments are left out of the code, since `dist/THIRD-PARTY-LICENSES` has the complete texts. */
export function buildOptions(root: string): BuildOptions {
  return {
    absWorkingDir: root,
    bundle: true,
    minify: true,
    platform: "node",
    target: `node${OLDEST_NODE}`,
    format: "cjs",
    legalComments: "none",
    // What fetch-blob falls back to on a Node.js older than 18: a quarter of the plugin, read at each start.
    external: ["web-streams-polyfill"],
    logLevel: "warning",
  };
}

export interface BundledText {
  readonly text: string;
  /** The files that are in it. */
  readonly inputs: readonly string[];
}

export async function buildText(options: BuildOptions): Promise<BundledText> {
  const { outputFiles, metafile } = await build({ ...options, metafile: true, write: false });
  return { text: outputFiles[0]?.text ?? "", inputs: inputsOf(metafile) };
}

/** The files that are in the output, without those that are made up by a plugin of esbuild or by its caller. */
function inputsOf({ outputs }: Metafile): readonly string[] {
  const MADE_UP = /^<.+>$|^[a-z-]+:/;
  return Object.values(outputs)
    .flatMap(({ inputs }) => Object.keys(inputs))
    .filter((path) => !MADE_UP.test(path));
}

/** A program for the command line. */
export async function bundle({ root, entry, outfile, external = [] }: BundleRequest): Promise<Bundle> {
  const options = buildOptions(root);
  const text = await buildText({
    ...options,
    external: [...(options.external ?? []), ...external],
    banner: { js: "#!/usr/bin/env node" },
    entryPoints: [entry],
  });
  return writeExecutable(outfile, text);
}

export async function writeExecutable(outfile: string, { text, inputs }: BundledText): Promise<Bundle> {
  await mkdir(dirname(outfile), { recursive: true });
  await writeFile(outfile, text);
  await chmod(outfile, 0o755);
  return { outfile, bytes: Buffer.byteLength(text), packages: packagesOf(inputs) };
}

const PACKAGE = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

/** Folders of the npm packages that files are in. */
export function packagesOf(inputs: readonly string[]): string[] {
  const folders = inputs.map((path) => PACKAGE.exec(path)?.[0]).filter((folder) => folder !== undefined);
  return [...new Set(folders.map((folder) => join(folder)))];
}
