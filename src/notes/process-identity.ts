/** Which process it is that an id means: ids are given again. */
import { readFileSync } from "node:fs";
import type { ProcessIdentity } from "./note";

export function identityOf(pid: number): ProcessIdentity {
  return { pid, startedAt: startOf(pid) };
}

/** Whether that very process runs, as far as it can be seen from here. */
export function isAlive({ pid, startedAt }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    // Also a process of another user: notes are read by the user whose processes write them.
    return false;
  }
  const start = startOf(pid);
  return startedAt === null || start === null || start === startedAt;
}

function startOf(pid: number): string | null {
  try {
    // The name, in parentheses, may hold anything; the start is the 22nd field of all, the 20th behind it (proc(5)).
    return readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1)?.split(" ")[19] ?? null;
  } catch {
    return null;
  }
}
