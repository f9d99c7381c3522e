/** The part of a task that is about one SVM (SVM management, "SVM deployment task"). */
import { isNotFound } from "../http/failure";
import { isObject } from "../http/json";
import { textOf } from "../http/json-reader";
import { isFinished, isUnsuccessful, type Task } from "../tasks/task";
import type { Tasks } from "../tasks/tasks";
import type { SvmIdentity, SvmOperationOptions, SvmProgress, SvmSubtask, SvmTaskState } from "./svm";

/**
 * The subtask of one SVM: the one that names it; of several, because names repeat on different hypervisors, the one at
 * its location; where the server does not say that, the one whose turn it is.
 *
 * @param batch the SVMs of the request, this one among them, in its order
 */
export function findSubtask(root: Task, svm: SvmIdentity, batch: readonly SvmIdentity[] = [svm]): Task | undefined {
  const { key, value } = identifierOf(svm);
  const named = root.children.filter(({ parameters }) => known(parameters[key]) !== undefined);
  if (named.length === 0) return byTurn(root.children, batch, svm);
  const candidates = named.filter(({ parameters }) => parameters[key] === value);
  const exact = candidates.filter((candidate) => isAt(candidate, svm));
  if (exact.length === 1) return exact[0];
  const namesakes = batch.filter((other) => identifierOf(other).value === value);
  return byTurn(candidates, namesakes, svm);
}

/** What a subtask tells about its SVM. */
export function describeSubtask(taskId: string, { id, parameters, result }: Task): SvmSubtask {
  return {
    taskId,
    subtaskId: id,
    svmId: svmIdIn(result) ?? known(parameters["svmId"]),
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
  tasks: Tasks,
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

function identifierOf(svm: SvmIdentity): { readonly key: "svmId" | "svmName"; readonly value: string } {
  return "svmId" in svm ? { key: "svmId", value: svm.svmId } : { key: "svmName", value: svm.name };
}

function isAt({ parameters }: Task, svm: SvmIdentity): boolean {
  if ("svmId" in svm) return true;
  const { locationId, infrastructureId } = svm;
  return (
    (locationId === undefined || parameters["hostId"] === locationId) &&
    (infrastructureId === undefined || parameters["infrastructureId"] === infrastructureId)
  );
}

/** Tells only when there are as many subtasks as SVMs: until then some have not appeared. */
function byTurn(subtasks: readonly Task[], svms: readonly SvmIdentity[], svm: SvmIdentity): Task | undefined {
  return subtasks.length === svms.length ? subtasks[svms.indexOf(svm)] : undefined;
}

function svmIdIn(result: unknown): string | undefined {
  return isObject(result) ? textOf(result["svmId"]) : undefined;
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
