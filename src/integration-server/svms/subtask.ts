/** The part of a task that is about one SVM (SVM management, "SVM deployment task"). */
import { isNotFound } from "../http/failure";
import { isObject } from "../http/json";
import { textOf } from "../http/json-reader";
import { isFinished, isUnsuccessful, type Task } from "../tasks/task";
import type { Tasks } from "../tasks/tasks";
import { assign } from "./assignment";
import type { SvmIdentity, SvmOperationOptions, SvmProgress, SvmSubtask, SvmTaskState } from "./svm";

/**
 * The subtask of one SVM, as `assign` finds it among those of all. It tells no id that another one claims, too: whose that
 * is, nobody knows.
 *
 * @param batch the SVMs of the request, this one among them, in its order
 */
export function findSubtask(root: Task, svm: SvmIdentity, batch: readonly SvmIdentity[] = [svm]): Task | undefined {
  const subtasks = subtasksOf(root);
  const found = assign(subtasks, batch).get(svm);
  const id = found && claimedId(found);
  const isShared = id !== undefined && subtasks.some((other) => other !== found && claimedId(other) === id);
  return found && isShared && !("svmId" in svm) ? withoutId(found) : found;
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

function stateOf(root: Task, task: Task | undefined): SvmTaskState {
  const known = task
    ? describeSubtask(root.id, task)
    : { taskId: root.id, subtaskId: undefined, svmId: undefined, ipAddress: undefined };
  const { inStateFor } = task ?? root;
  if (task?.state === "Completed") return { ...known, state: "completed", inStateFor };
  const failed = isFinished(root) || (task !== undefined && isUnsuccessful(task.state));
  return { ...known, state: failed ? "failed" : "running", inStateFor };
}

export interface FollowSubtaskOptions extends Omit<SvmOperationOptions, "onTask"> {
  readonly subtask: (root: Task) => Task | undefined;
}

/** Waits for a subtask and reports what changes. */
export async function followSubtask(
  tasks: Pick<Tasks, "wait">,
  taskId: string,
  { subtask, onSubtask, onProgress, signal }: FollowSubtaskOptions,
): Promise<Task> {
  const tellSubtask = onChange(onSubtask);
  const tellProgress = onChange(onProgress);
  return tasks.wait(taskId, {
    subtask,
    onProgress: (task) => {
      tellSubtask(describeSubtask(taskId, task));
      tellProgress(progressOf(task));
    },
    signal,
  });
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
