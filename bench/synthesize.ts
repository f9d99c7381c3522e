/** Stacks, each synthesized in a process of its own. */
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import type { SynthRequest } from "./programs/synth";

const run = promisify(execFile);
/** As deep as the source, so that what it requires is found. */
const PROGRAM = join(__dirname, "compiled", "synth.js");

/** @returns how many seconds it took */
export async function synthesize(request: SynthRequest): Promise<number> {
  mkdirSync(request.outdir, { recursive: true });
  const file = join(request.outdir, "request.json");
  writeFileSync(file, JSON.stringify(request));
  const { stdout } = await run(process.execPath, [await compiled(), file]);
  return Number(stdout) / 1000;
}

let program: Promise<string> | undefined;

/** Compiled beforehand: what compiles while it loads also translates every stack that CDKTF takes, with source maps. */
function compiled(): Promise<string> {
  const entryPoints = [join(__dirname, "programs", "synth.ts")];
  program ??= build({
    entryPoints,
    outfile: PROGRAM,
    bundle: true,
    platform: "node",
    external: ["../../dist/constructs", "cdktf"],
  }).then(() => PROGRAM);
  return program;
}
