/** Stacks, each synthesized in a process of its own. */
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { SynthRequest } from "./programs/synth";

const run = promisify(execFile);
const PROGRAM = join(__dirname, "programs", "synth.ts");

/** @returns how many seconds it took */
export async function synthesize(request: SynthRequest): Promise<number> {
  mkdirSync(request.outdir, { recursive: true });
  const file = join(request.outdir, "request.json");
  writeFileSync(file, JSON.stringify(request));
  const { stdout } = await run(process.execPath, ["--import", "tsx", PROGRAM, file]);
  return Number(stdout) / 1000;
}
