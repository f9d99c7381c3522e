/**
 * What a list of tasks says of a request about an SVM whose answer never came. The documents know no such list; some servers have
 * one.
 */
import { isFinished, type Task } from "../tasks/task";
import type { RecentTasksQuery, Tasks } from "../tasks/tasks";
import { type Clock, sleep } from "../waiting/clock";
import { names } from "./assignment";
import type { SvmIdentity } from "./svm";

export type Trace =
  /** The server has made this task of it. */
  | { readonly is: "there"; readonly taskId: string }
  /** The server shows tasks, and none that could be about it. */
  | { readonly is: "none" }
  /** There is no list, or it cannot tell. */
  | { readonly is: "unknown" };

/** A task's parts, which name SVMs, may appear later than the task itself. In milliseconds. */
const PARTS_APPEAR = 5_000;

/** @param query from right before the request left */
export async function traceOf(
  svm: SvmIdentity,
  query: RecentTasksQuery,
  tasks: Pick<Tasks, "recent">,
  clock: Clock,
): Promise<Trace> {
  let trace: Trace = { is: "unknown" };
  try {
    for (const pause of [0, PARTS_APPEAR]) {
      if (pause > 0) await sleep(clock, pause, query.signal);
      const listed = await tasks.recent(query);
      if (listed === "none") return { is: "unknown" };
      const since = clock.wall() - query.createdFrom + PARTS_APPEAR;
      trace = traceIn(listed, svm, since);
      if (trace.is === "there") return trace;
    }
    return trace;
  } catch {
    // It is another question that was asked: what cannot be answered here is looked for elsewhere.
    return { is: "unknown" };
  }
}

/** @param since milliseconds for which a task of the request can be there */
function traceIn(tasks: readonly Task[], svm: SvmIdentity, since: number): Trace {
  // There may have been others about the SVM: how old one is that has ended, the server has to tell.
  const isRecent = (task: Task) => !isFinished(task) || (task.age !== undefined && task.age <= since);
  const about = tasks.filter(({ children }) => children.some((subtask) => names(subtask, svm)));
  const task = about.find(isRecent);
  if (task !== undefined) return { is: "there", taskId: task.id };
  // A list without any task may be one that shows none to this account.
  const tells = tasks.length > 0 && tasks.every((each) => !isRecent(each) || tellsItsSvms(each));
  return { is: tells && about.every(({ age }) => age !== undefined) ? "none" : "unknown" };
}

/** Whether a task shows which SVMs it is about, or is about none: the documents' types begin with what is done to SVMs. */
function tellsItsSvms({ type, children }: Task): boolean {
  return children.length > 0 || (type !== undefined && !/^(deploy|config|delete)/i.test(type));
}
