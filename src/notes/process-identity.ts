/** Which process it is that an id means: ids are given again. */
import { readFileSync } from "node:fs";
import type { ProcessIdentity } from "./note";

export function identityOf(pid: number): ProcessIdentity {
  return { pid, startedAt: seen(pid)?.startedAt ?? null };
}

/** Whether that very process runs, as far as it can be seen from here. */
export function isAlive({ pid, startedAt }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    // Also a process of another user: notes are read by the user whose processes write them.
    return false;
  }
  const found = seen(pid);
  if (found === undefined) return true;
  return !found.hasEnded && (startedAt === null || found.startedAt === startedAt);
}

interface Seen {
  readonly startedAt: string | null;
  /** It has, and nobody has taken note of that, as in a container whose first process takes care of no orphans. */
  readonly hasEnded: boolean;
}

/** Only Linux shows that. */
function seen(pid: number): Seen | undefined {
  try {
    // The name, in parentheses, may hold anything; behind it are the state and, as the 22nd field of all, the start (proc(5)).
    const [state = "", ...fields] = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1)?.split(" ") ?? [];
    return { startedAt: fields[18] ?? null, hasEnded: state === "Z" || state === "X" };
  } catch {
    return undefined;
  }
}
