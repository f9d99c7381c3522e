/** How a command that runs Terraform learns which notes are of its own run, wherever below it that runs. */
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder that the command made for that: Terraform hands its environment on to plugins. */
export const RUN_DIRECTORY = "KSVLA_RUN_DIRECTORY";
/** A file in it: a notes file per line. */
const ANNOUNCED = "notes";

/** @throws Error of Node.js when it cannot be written */
export function announce(notesFile: string, runDirectory: string): void {
  appendFileSync(join(runDirectory, ANNOUNCED), `${notesFile}\n`);
}

/** The notes files of the run so far. */
export function announced(runDirectory: string): readonly string[] {
  try {
    const lines = readFileSync(join(runDirectory, ANNOUNCED), "utf8").split("\n");
    return lines.slice(0, -1);
  } catch {
    return [];
  }
}
