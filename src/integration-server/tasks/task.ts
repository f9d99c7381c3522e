/** Work that the Integration Server does in the background (SVM management, "SVM deployment task"). */
import type { OpenUnion } from "../open-union";

/** `Stopped` is not in the documents' list, but follows from `Stopping`. */
export const TASK_STATES = [
  "Created",
  "Queued",
  "Starting",
  "Running",
  "Stopping",
  "Completed",
  "Failed",
  "Cancelled",
  "Stopped",
] as const;

export type TaskState = (typeof TASK_STATES)[number];

export interface Task {
  readonly id: string;
  readonly state: OpenUnion<TaskState>;
  /** E.g. `ValidateSvmImage`, `DeployMultipleSvm`, `DeploySvm`, `DeploySvmStep`. */
  readonly type: string | undefined;
  readonly stage: string | undefined;
  /** In percent. */
  readonly progress: number | undefined;
  readonly parentId: string | undefined;
  /** Milliseconds since it was made, by the server's clock; undefined where it does not tell. */
  readonly age: number | undefined;
  /** Milliseconds since the state changed, by the server's clock; undefined where it does not tell. */
  readonly inStateFor: number | undefined;
  /** E.g. `svmName` of a `DeploySvm`, `deployStepName` of a `DeploySvmStep`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly children: readonly Task[];
  /** What the work yields, e.g. `true` or `{ svmId }`. */
  readonly result: unknown;
  /** What went wrong, in the server's words. */
  readonly error: string | undefined;
}

/** True when nothing will change any more. */
export function isFinished({ state }: Task): boolean {
  return state === "Completed" || isUnsuccessful(state);
}

/** True for the states in which a task ends without having done its work. */
export function isUnsuccessful(state: Task["state"]): boolean {
  return state === "Failed" || state === "Cancelled" || state === "Stopped";
}

/**
 * The way from an unsuccessful task down to the step at fault: through children that explain themselves if there are
 * any, else through ones that failed rather than ones that were cancelled with the rest.
 */
export function failurePath(task: Task): readonly Task[] {
  const paths = task.children.filter(({ state }) => isUnsuccessful(state)).map(failurePath);
  const explained = paths.find((path) => path.some(({ error }) => error !== undefined));
  const failed = paths.find(([child]) => child?.state === "Failed");
  return [task, ...(explained ?? failed ?? paths[0] ?? [])];
}

/** What a task is called towards people: its step, its SVM, or its type. */
export function taskName({ id, type, parameters }: Task): string {
  const { deployStepName, svmName } = parameters;
  if (deployStepName !== undefined) return deployStepName;
  if (svmName !== undefined) return `${type ?? "task"} ${svmName}`;
  return type ?? id;
}
