/**
 * All tests of a run keep their temporary files in one folder, which goes when they have ended: whatever of this project's leaves
 * something behind there, a test, the plugin or a command, fails the run.
 */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { until } from "./until";

/** CDKTF makes a folder for each app without one of its own, and removes none; tsx keeps what it has compiled. */
const OF_OTHERS = /^(?:cdkt[fn]\.outdir\.|tsx-|node-compile-cache$)/;

/** Before all tests. What they start inherits the variable. */
export function provideTemporaryFolder(): void {
  process.env["TMPDIR"] = mkdtempSync(join(tmpdir(), "ksvla-tests-"));
}

/** After all tests. Processes that were killed with their parents have a moment to end. */
export async function removeTemporaryFolder(): Promise<void> {
  const folder = tmpdir();
  process.env["TMPDIR"] = dirname(folder);
  const left = () => readdirSync(folder).filter((name) => !OF_OTHERS.test(name));
  try {
    await until(() => left().length === 0, 10_000);
  } catch {
    throw new Error(`The tests have left in ${folder}: ${left().join(", ")}.`);
  }
  rmSync(folder, { recursive: true });
}

/** For a program of this project: its folder goes when it ends, also by a signal that can be caught. */
export function keepTemporaryFiles(): void {
  provideTemporaryFolder();
  const folder = tmpdir();
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
}
