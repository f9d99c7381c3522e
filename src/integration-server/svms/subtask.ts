/** The part of a task that is about one SVM (SVM management, "SVM deployment task"). */
import { isNotFound } from "../http/failure";
import { isObject } from "../http/json";
import { textOf } from "../http/json-reader";
import { isFinished, isUnsuccessful, type Task } from "../tasks/task";
import type { Tasks, WaitForTaskOptions } from "../tasks/tasks";
import { assign, latestAttempts } from "./assignment";
import type { SvmIdentity, SvmOperationOptions, SvmProgress, SvmSubtask, SvmTaskState } from "./svm";

/**
 * The subtask of one SVM, as `assign` finds it among those of all. It tells no id that another one claims, too: whose that
 * is, nobody knows.
 *
 * @param batch the SVMs of the request, this one among them, in its order
 */
export function findSubtask(root: Task, svm: SvmIdentity, batch: readonly SvmIdentity[] = [svm]): Task | undefined {
  const { bySvm, disputed } = assignedIn(root, batch);
  const found = bySvm.get(svm);
  const isDisputed = found !== undefined && disputed.has(claimedId(found) ?? "");
  return isDisputed && !("svmId" in svm) ? withoutId(found) : found;
}

interface Assigned {
  readonly bySvm: ReadonlyMap<SvmIdentity, Task>;
  /** Ids that more than one subtask claims. */
  readonly disputed: ReadonlySet<string>;
}

/** Every SVM of a request looks for its own subtask in what each poll shows of all. */
const assigned = new WeakMap<Task, WeakMap<readonly SvmIdentity[], Assigned>>();

function assignedIn(root: Task, batch: readonly SvmIdentity[]): Assigned {
  const byBatch = assigned.get(root) ?? new WeakMap<readonly SvmIdentity[], Assigned>();
  assigned.set(root, byBatch);
  const found = byBatch.get(batch) ?? newAssigned(latestAttempts(subtasksOf(root), batch), batch);
  byBatch.set(batch, found);
  return found;
}

function newAssigned(subtasks: readonly Task[], batch: readonly SvmIdentity[]): Assigned {
  const seen = new Set<string>();
  const disputed = new Set<string>();
  for (const id of subtasks.map(claimedId)) {
    if (id === undefined) continue;
    if (seen.has(id)) disputed.add(id);
    seen.add(id);
  }
  return { bySvm: assign(subtasks, batch), disputed };
}

/** What a subtask tells about its SVM. */
export function describeSubtask(taskId: string, subtask: Task): SvmSubtask {
  const { id, parameters } = subtask;
  return {
    taskId,
    subtaskId: id,
    svmId: claimedId(subtask),
    ipAddress: known(parameters["svmIpAddress"]),
  };
}

/** Where a task's work on one SVM stands; undefined when the server does not know the task any longer. */
export async function lookAtSubtask(
  tasks: Pick<Tasks, "get">,
  taskId: string,
  svm: SvmIdentity,
  signal: AbortSignal | undefined,
): Promise<SvmTaskState | undefined> {
  try {
    const root = await tasks.get(taskId, { signal });
    return stateOf(root, findSubtask(root, svm));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function stateOf(root: Task, part: Task | undefined): SvmTaskState {
  const task = part ?? (root.state === "Completed" ? undivided(root) : undefined);
  const known = task
    ? describeSubtask(root.id, task)
    : { taskId: root.id, subtaskId: undefined, svmId: undefined, ipAddress: undefined };
  const { inStateFor } = task ?? root;
  if (task?.state === "Completed") return { ...known, state: "completed", inStateFor };
  const failed = isFinished(root) || (task !== undefined && isUnsuccessful(task.state));
  return { ...known, state: failed ? "failed" : "running", inStateFor };
}

export interface FollowSubtaskOptions extends Omit<SvmOperationOptions, "onTask">, Pick<WaitForTaskOptions, "kind"> {
  readonly subtask: (root: Task) => Task | undefined;
}

/** Waits for a subtask and reports what changes. */
export async function followSubtask(
  tasks: Pick<Tasks, "wait">,
  taskId: string,
  { subtask, kind, onSubtask, onProgress, signal }: FollowSubtaskOptions,
): Promise<Task> {
  const tellSubtask = onChange(onSubtask);
  const tellProgress = onChange(onProgress);
  return tasks.wait(taskId, {
    subtask,
    kind,
    standIn: undivided,
    onProgress: (task) => {
      tellSubtask(describeSubtask(taskId, task));
      tellProgress(progressOf(task));
    },
    signal,
  });
}

/**
 * A task without any part says as a whole what has become of its SVMs, however many they are; but not whose id its result
 * has. The documents call the whole successful when it is completed (SVM management, "SVM deployment task").
 */
function undivided(root: Task): Task | undefined {
  return subtasksOf(root).length === 0 ? withoutId(root) : undefined;
}

/** Steps are about an SVM, too, but stand below its subtask. */
function subtasksOf({ children }: Task): readonly Task[] {
  return children.filter(({ parameters }) => known(parameters["deployStepName"]) === undefined);
}

function claimedId({ result, parameters }: Task): string | undefined {
  const told = isObject(result) ? textOf(result["svmId"]) : undefined;
  return told ?? known(parameters["svmId"]);
}

function withoutId(subtask: Task): Task {
  return { ...subtask, result: undefined, parameters: { ...subtask.parameters, svmId: "" } };
}

function known(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

/** The step at work, or the last one that was. */
function progressOf({ children, progress }: Task): SvmProgress {
  const begun = children.filter(({ state }) => state !== "Created" && state !== "Queued" && state !== "Cancelled");
  const step = begun.find((each) => !isFinished(each)) ?? begun.at(-1);
  return { step: step && known(step.parameters["deployStepName"]), progress };
}

function onChange<T extends object>(tell: ((value: T) => void) | undefined): (value: T) => void {
  let told: string | undefined;
  return (value) => {
    const text = JSON.stringify(value);
    if (text !== told) tell?.(value);
    told = text;
  };
}
