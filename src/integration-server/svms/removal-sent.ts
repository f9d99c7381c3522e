/**
 * An SVM whose removal was sent. Lists show it for a while although it has gone, or is about to: whoever believes them makes
 * nothing in its place, and the next one finds it missing.
 */
import { failureOf } from "../http/failure";
import { TaskFailedError } from "../tasks/errors";
import type { Tasks } from "../tasks/tasks";
import { deadline, sleep } from "../waiting/clock";
import { type Pace, pollUntil } from "../waiting/poll";
import type { Evidence } from "./evidence";
import type { Finding, KnownSvm, Outcome, SvmRemovalSent } from "./finding";
import type { SvmList } from "./lists";
import { findSubtask, followSubtask } from "./subtask";

/** How to look at it. */
export interface RemovalSources {
  /** As if no removal had been sent. */
  readonly find: (signal: AbortSignal | undefined) => Promise<Finding>;
  /** What one list says. */
  readonly listed: (signal: AbortSignal | undefined) => Promise<Outcome | undefined>;
  readonly list: SvmList;
  readonly evidence: Pick<Evidence, "period" | "verdict">;
  readonly tasks: Pick<Tasks, "wait">;
  readonly pace: Pace;
  readonly signal: AbortSignal | undefined;
}

/** Removals are quick: one that takes longer is left to a later look. In milliseconds. */
const PATIENCE = 600_000;

export async function afterRemoval(
  known: KnownSvm,
  removal: SvmRemovalSent,
  sources: RemovalSources,
): Promise<Finding> {
  const { find, evidence, pace, signal } = sources;
  const end = await ended(known, removal, sources);
  if (end === "goes on") return { is: "uncertain", why: "leaving", deployment: undefined };
  const first = await find(signal);
  // Nobody can look through a connection that is gone, too.
  const isGone = first.is === "uncertain" && first.why === "missing" && end === "done";
  if (isGone) return { is: "gone", namesake: undefined, deployment: undefined };
  if (first.is !== "there") return first;
  const verdict = await evidence.verdict(() => true, signal);
  if ("why" in verdict) return { is: "uncertain", why: verdict.why, deployment: first.deployment };
  await sleep(pace.clock, evidence.period, signal);
  return find(signal);
}

/** Waits for the removal's end, in whichever way; "done" where it was well. */
async function ended(
  known: KnownSvm,
  { isDone, taskId, showsIn, awaitedFor = showsIn }: SvmRemovalSent,
  sources: RemovalSources,
): Promise<"done" | "over" | "goes on"> {
  if (isDone) return "done";
  // Reading the infrastructure anew would break off what goes on there.
  const workEnds = sources.list.workBegins();
  try {
    if (taskId !== undefined) return await taskEnded(taskId, known, sources);
    const isListed = await staysFor(awaitedFor, sources);
    return isListed && awaitedFor < showsIn ? "goes on" : "over";
  } finally {
    workEnds();
  }
}

async function taskEnded(taskId: string, { id }: KnownSvm, { tasks, pace, signal }: RemovalSources) {
  const limit = deadline(pace.clock, PATIENCE, signal);
  try {
    const subtask = (root: Parameters<typeof findSubtask>[0]) => findSubtask(root, { svmId: id ?? "" });
    await followSubtask(tasks, taskId, { subtask, signal: limit.signal });
    return "done";
  } catch (error) {
    if (signal?.aborted) throw error;
    if (limit.signal.aborted) return "goes on";
    // What nobody knows any more goes on no more, in whichever way the server says so.
    const { kind } = failureOf(error);
    if (error instanceof TaskFailedError || kind === "missing" || kind === "refused") return "over";
    throw error;
  } finally {
    limit.clear();
  }
}

/** Looks until the SVM is not listed any more, as long as the removal may still take effect; whether it is listed then. */
async function staysFor(milliseconds: number, { listed, pace, signal }: RemovalSources): Promise<boolean> {
  const end = pace.clock.now() + milliseconds;
  const last = await pollUntil({
    look: () => listed(signal),
    done: (seen) => seen?.is !== "there" || pace.clock.now() >= end,
    pace,
    signal,
  });
  return last?.is === "there";
}
