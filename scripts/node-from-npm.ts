/** Other versions of Node.js than the one that runs this. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The major versions that the package supports. */
export const MAJORS: readonly number[] = [20, 22, 24];

/** @returns the path of the newest Node.js of a major version: the one that runs this, or one from npm */
export function nodeOf(major: number): string {
  if (process.version.startsWith(`v${major}.`)) return process.execPath;
  const folder = join(__dirname, "..", "node_modules", ".cache", `node-${major}`);
  const program = join(folder, "node_modules", "node", "bin", "node");
  if (!existsSync(program)) {
    const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
    execFileSync("npm", ["install", ...quiet, "--prefix", folder, `node@${major}`], { stdio: "inherit" });
  }
  return program;
}
