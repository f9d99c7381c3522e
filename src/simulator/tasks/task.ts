import type { Json } from "../json";

/**
 * The states of a task ("Verifying the authenticity of the SVM image"). `Stopped` is not among the documented ones, but
 * follows from `Stopping`; no task ends so unless a test asks for it.
 */
export type TaskState =
  | "Created"
  | "Queued"
  | "Starting"
  | "Running"
  | "Completed"
  | "Stopping"
  | "Failed"
  | "Cancelled"
  | "Stopped";

/** How a task ends that was told to stop. */
export type StoppedState = Extract<TaskState, "Cancelled" | "Stopped">;

export interface TaskParameter {
  readonly key: string;
  value: string;
}

/** What stands in a failed task in place of `result`. The documents show no form. */
export interface TaskError {
  readonly code: string;
  readonly message: string;
}

/** A task as `GET /virtualization/tasks/<id>` shows it. */
export interface Task {
  readonly id: string;
  readonly type: string;
  readonly created: Date;
  stateChanged: Date;
  changed: Date;
  state: TaskState;
  /** What it is busy with, null when it is not. */
  stage: string | null;
  /** Percent. */
  progress: number;
  readonly parentId?: string;
  readonly parameters: TaskParameter[];
  children: Task[];
  result?: Json;
  error?: TaskError;
}

/** What a task will do. */
export interface TaskPlan {
  readonly type: string;
  readonly parameters?: readonly Readonly<TaskParameter>[];
  /** How long its own work takes, before its children's, in simulated milliseconds. Without it there is none. */
  readonly milliseconds?: number;
  /** What its own work consists of: stage names, worked through one after another. */
  readonly stages?: readonly string[];
  readonly children?: readonly TaskPlan[];
  /**
   * How many children run at the same time; one that fails leaves the others alone. Without it the children are steps:
   * one after another, and the first one that fails is the last one that runs.
   */
  readonly threadsCount?: number;
  /**
   * Takes effect when all work is done; what it returns is the result, undefined is none. One that throws fails the task.
   * It is given the task that this one is a part of, too. @default returns true
   */
  readonly finish?: (task: Task, parent: Task | undefined) => Json | undefined;
}

export function isFinished(task: Task): boolean {
  return task.state === "Completed" || task.state === "Failed" || wasStopped(task.state);
}

/** Whether a task ended because it was told to. */
export function wasStopped(state: TaskState): state is StoppedState {
  return state === "Cancelled" || state === "Stopped";
}

/** The task and everything below it. */
export function withDescendants(task: Task): readonly Task[] {
  return [task, ...task.children.flatMap(withDescendants)];
}
