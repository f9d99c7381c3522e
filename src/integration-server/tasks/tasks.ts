/** Looking at tasks and waiting for them. */
import { type Call, type Caller, type CallOptions, path, query, type WaitOptions } from "../http/call";
import { newcomerPatience } from "../http/retries";
import { type Pace, Poll } from "../waiting/poll";
import { SharedWork } from "../waiting/shared-work";
import { parseTask, parseTasks } from "./answer";
import { TaskDurations } from "./durations";
import { TaskFailedError } from "./errors";
import { isFinished, isUnsuccessful, type Task, taskName } from "./task";

export interface WaitForTaskOptions extends WaitOptions<Task> {
  /** Waits for a part of the tree only, and tells only that: e.g. one SVM of many. It may appear later than its parents. */
  readonly subtask?: ((root: Task) => Task | undefined) | undefined;
  /** For a task that was made just now: the same for those that take about as long, so that one tells when to look at the next. */
  readonly kind?: string | undefined;
  /** What stands for a part that has not appeared in a task that is completed. @default nothing, so that it is an error */
  readonly standIn?: ((root: Task) => Task | undefined) | undefined;
}

export interface RecentTasksQuery extends CallOptions {
  /** In milliseconds since 1970, by our clock. */
  readonly createdFrom: number;
  /** E.g. `DeployMultipleSvm`. @default all */
  readonly type?: string | undefined;
}

/** A time in it has no zone, and clocks differ: a day covers both. In milliseconds. */
const MARGIN = 86_400_000;

/** How long a part may still be shown as under way, or not at all, once the whole is completed. In milliseconds. */
const LAG_OF_PARTS = 10_000;

/** The versions of the API that may list tasks; a help page has the older one. */
export const TASK_LIST_VERSIONS = ["3.0", "2.0"] as const;

export class Tasks {
  readonly #polls = new Map<string, Poll<Task>>();
  readonly #durations = new TaskDurations();
  /** Versions of the API that may have a list of tasks, while nobody knows; then the one that has, or none. */
  #listedBy: readonly string[] = TASK_LIST_VERSIONS;
  readonly #lists = new Map<string, SharedWork<readonly Task[] | "none">>();

  constructor(
    private readonly api: Caller,
    private readonly pace: Pace,
  ) {}

  async get(id: string, { signal }: CallOptions = {}): Promise<Task> {
    return this.api.call({ ...taskCall(id), signal });
  }

  /**
   * The tasks of late, perhaps older ones among them, too. The documents know no such list; a help page of an older version
   * of the API does, and some servers want another account for it. Once a server has refused it, it is not asked again.
   */
  recent({ createdFrom, type, signal }: RecentTasksQuery): Promise<readonly Task[] | "none"> {
    const from = new Date(createdFrom - MARGIN).toISOString();
    // Without a zone, as the help page has it; and by the hour, so that many who ask at a time ask the same.
    const parameters = query({
      createdFrom: encodeURIComponent(`${from.slice(0, 13)}:00:00`),
      type: type === undefined ? undefined : encodeURIComponent(type),
    });
    const list = this.#lists.get(parameters) ?? new SharedWork((ended) => this.#list(parameters, ended));
    this.#lists.set(parameters, list);
    return list.result(signal);
  }

  async #list(parameters: string, signal: AbortSignal): Promise<readonly Task[] | "none"> {
    try {
      for (const version of this.#listedBy) {
        const tasks = await this.api.probe({
          path: `/api/${version}/virtualization/tasks${parameters}`,
          parse: parseTasks,
          signal,
        });
        if (tasks !== undefined) {
          this.#listedBy = [version];
          return tasks;
        }
      }
      this.#listedBy = [];
      return "none";
    } finally {
      this.#lists.delete(parameters);
    }
  }

  /**
   * The task, or the subtask, when it is completed. However many wait for parts of one tree, it is polled once.
   * Only the signal sets a limit to the wait: looks that fail are repeated, and the last failure is told when it ends.
   *
   * @throws TaskFailedError when it ends otherwise
   */
  async wait(id: string, { subtask, standIn, kind, onProgress, signal }: WaitForTaskOptions = {}): Promise<Task> {
    const poll = this.#polls.get(id) ?? this.#poll(id, kind);
    this.#polls.set(id, poll);
    let patientUntil: number | undefined;
    try {
      return await poll.follow((root) => {
        const seen = subtask ? subtask(root) : root;
        if (seen) onProgress?.(seen);
        if (seen && isFinished(seen)) return completed(seen);
        if (!isFinished(root)) return undefined;
        completed(root);
        const now = this.pace.clock.now();
        patientUntil ??= now + LAG_OF_PARTS;
        if (now < patientUntil) return undefined;
        return (seen ? undefined : standIn?.(root)) ?? unfinished(root, seen);
      }, signal);
    } finally {
      if (poll.isIdle && this.#polls.get(id) === poll) this.#polls.delete(id);
    }
  }

  #poll(id: string, kind: string | undefined): Poll<Task> {
    const { clock } = this.pace;
    const watch = kind === undefined ? undefined : this.#durations.watch(kind, clock.now());
    let isSeen = false;
    const look = async (ended: AbortSignal) => {
      const task = await this.#look(id, ended);
      isSeen = true;
      return task;
    };
    return new Poll(
      look,
      this.pace,
      newcomerPatience(this.api.patience, clock, () => isSeen),
      watch,
    );
  }

  #look(id: string, signal: AbortSignal): Promise<Task> {
    return this.api.call({ ...taskCall(id), isRetried: false, signal });
  }
}

function taskCall(id: string): Call<Task> {
  return { method: "GET", path: path`virtualization/tasks/${id}`, parse: (answer, at) => parseTask(answer, at, id) };
}

/** Says that a part has not ended with the whole, or has not even appeared. */
function unfinished(root: Task, part: Task | undefined): never {
  throw new TaskFailedError(
    root,
    part ? `${taskName(part)} was still ${part.state}` : "the part that was waited for never appeared",
  );
}

function completed(task: Task): Task {
  if (isUnsuccessful(task.state)) throw new TaskFailedError(task);
  return task;
}
