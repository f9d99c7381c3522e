/**
 * How V8 treats a process that lives for seconds and handles each object once: docs/decisions/0016-short-life.md. Set while it
 * runs: given at the start, the same flags make Node.js 20 compile its own modules anew.
 */
import { setFlagsFromString } from "node:v8";

/**
 * By major version of Node.js: how often a function runs before the slower of V8's compilers optimizes it. Most never pay that
 * back here. Other versions call the flags otherwise, and are left as they are.
 */
const LATE_OPTIMIZATION: Readonly<Record<string, string>> = {
  20: "--interrupt-budget=300000",
  22: "--invocation-count-for-turbofan=50000",
  24: "--invocation-count-for-turbofan=50000",
};
/** Room for new values, which are collected more often instead; at most what the process has needed until now. */
const NO_MORE_ROOM = "--semi-space-growth-factor=1";

/** The flags for a version of Node.js, such as `20.20.2`. */
export function shortLifeFlags(nodeVersion: string): readonly string[] {
  const [major = ""] = nodeVersion.split(".");
  const late = LATE_OPTIMIZATION[major];
  return late === undefined ? [] : [late, NO_MORE_ROOM];
}

/** To be called when what the process needs is loaded: what Node.js loads of itself later is compiled anew. */
export function expectShortLife(): void {
  for (const flag of shortLifeFlags(process.versions.node)) setFlagsFromString(flag);
}
