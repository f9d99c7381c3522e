import { type Clock, SimulatorStopped } from "../clock";
import type { Identifiers } from "../world/identifiers";
import { isFinished, type Task, type TaskPlan, type TaskState, withDescendants } from "./task";

/** Which tasks shall fail; everything that is given must match. */
export interface TaskFailure {
  readonly type?: string;
  /** Parameters the task must have, such as `{ deployStepName: "UploadSvmImage" }`. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** @default a sentence that says the failure was asked for */
  readonly message?: string;
  /** How many tasks fail. @default 1 */
  readonly times?: number;
}

const startingMilliseconds = 200;
/** How many times the progress of a stage moves. */
const ticksPerStage = 4;

class TaskCancelled extends Error {}

/** Creates tasks and carries them through their states in simulated time. */
export class TaskEngine {
  readonly #clock: Clock;
  readonly #identifiers: Identifiers;
  readonly #byId = new Map<string, Task>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #failures: { readonly failure: TaskFailure; remaining: number }[] = [];

  constructor(clock: Clock, identifiers: Identifiers) {
    this.#clock = clock;
    this.#identifiers = identifiers;
  }

  /** Every task so far, subtasks included, oldest first. */
  get all(): readonly Task[] {
    return [...this.#byId.values()];
  }

  get(id: string): Task | undefined {
    return this.#byId.get(id);
  }

  /** Creates a task and starts it; returns it in its first state. */
  start(plan: TaskPlan): Task {
    const task = this.#create(plan);
    this.#setState(task, "Queued");
    const ended = this.#run(task, plan).catch(() => {
      // The simulator has stopped; nobody is left to be told.
    });
    this.#running.set(task.id, ended);
    return task;
  }

  /** Resolves when a started task has ended, one way or the other, or when the simulator stops. */
  async settled(id: string): Promise<void> {
    await this.#running.get(id);
  }

  /** Makes tasks fail that are about to complete. */
  failNext(failure: TaskFailure): void {
    this.#failures.push({ failure, remaining: failure.times ?? 1 });
  }

  /** Stops a task and everything below it, as an administrator does in the product's console. */
  cancel(id: string): void {
    const task = this.#byId.get(id);
    for (const each of task === undefined ? [] : withDescendants(task)) {
      if (!isFinished(each)) {
        this.#setState(each, "Stopping");
      }
    }
  }

  #create(plan: TaskPlan, parent?: Task): Task {
    const now = this.#clock.now();
    const task: Task = {
      id: this.#identifiers.uuid(`task ${this.#byId.size}`),
      type: plan.type,
      created: now,
      stateChanged: now,
      changed: now,
      state: "Created",
      stage: null,
      progress: 0,
      ...(parent === undefined ? {} : { parentId: parent.id }),
      parameters: (plan.parameters ?? []).map((parameter) => ({ ...parameter })),
      children: [],
    };
    this.#byId.set(task.id, task);
    parent?.children.push(task);
    return task;
  }

  async #run(task: Task, plan: TaskPlan): Promise<void> {
    try {
      await this.#pause(task, startingMilliseconds / 2);
      this.#setState(task, "Starting");
      await this.#pause(task, startingMilliseconds / 2);
      this.#setState(task, "Running");
      await this.#work(task, plan);
      await this.#runChildren(task, plan);
      this.#complete(task, plan);
    } catch (error) {
      this.#end(task, error);
    }
  }

  async #work(task: Task, plan: TaskPlan): Promise<void> {
    if (plan.milliseconds === undefined) {
      return;
    }
    const stages = plan.stages ?? [null];
    const ticks = stages.length * ticksPerStage;
    // The progress of a task with children is theirs.
    const share = plan.children === undefined ? 100 : 0;
    for (let tick = 1; tick <= ticks; tick += 1) {
      task.stage = stages[Math.floor((tick - 1) / ticksPerStage)] ?? null;
      await this.#pause(task, plan.milliseconds / ticks);
      this.#setProgress(task, Math.floor((share * tick) / (ticks + 1)));
    }
    task.stage = null;
  }

  async #runChildren(task: Task, plan: TaskPlan): Promise<void> {
    const waiting = (plan.children ?? []).map((childPlan) => ({
      plan: childPlan,
      task: this.#create(childPlan, task),
    }));
    const stopAtFailure = plan.threadsCount === undefined;
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        // One that was cancelled while it waited stays Stopping, and ends as soon as it is run.
        if (next.task.state === "Created") {
          this.#setState(next.task, "Queued");
        }
        await this.#run(next.task, next.plan);
        this.#setProgress(task, mean(task.children.map((child) => child.progress)));
        if (stopAtFailure && next.task.state !== "Completed") {
          return;
        }
      }
    };
    await Promise.all(Array.from({ length: plan.threadsCount ?? 1 }, worker));
    for (const never of waiting) {
      this.#setState(never.task, "Cancelled");
    }
    this.#throwIfStopping(task);
    const failed = task.children.filter((child) => child.state === "Failed");
    if (failed.length > 0) {
      throw new Error(`${failed.length} of ${task.children.length} subtasks failed.`);
    }
  }

  #complete(task: Task, plan: TaskPlan): void {
    const failure = this.#takeFailure(task);
    if (failure !== undefined) {
      throw new Error(failure.message ?? "The simulator was asked to fail this task.");
    }
    const result = plan.finish === undefined ? true : plan.finish(task);
    task.progress = 100;
    task.result = result;
    this.#setState(task, "Completed");
  }

  /** @throws SimulatorStopped if that is the reason, which leaves every task as it is */
  #end(task: Task, reason: unknown): void {
    if (reason instanceof SimulatorStopped) {
      throw reason;
    }
    task.stage = null;
    if (reason instanceof TaskCancelled) {
      this.#setState(task, "Cancelled");
      return;
    }
    task.error = { code: "TaskFailed", message: reason instanceof Error ? reason.message : String(reason) };
    this.#setState(task, "Failed");
  }

  #takeFailure(task: Task): TaskFailure | undefined {
    const planned = this.#failures.find(({ failure, remaining }) => remaining > 0 && matches(failure, task));
    if (planned !== undefined) {
      planned.remaining -= 1;
    }
    return planned?.failure;
  }

  async #pause(task: Task, milliseconds: number): Promise<void> {
    this.#throwIfStopping(task);
    await this.#clock.sleep(milliseconds);
    this.#throwIfStopping(task);
  }

  #throwIfStopping(task: Task): void {
    if (task.state === "Stopping") {
      throw new TaskCancelled();
    }
  }

  #setState(task: Task, state: TaskState): void {
    task.state = state;
    task.stateChanged = this.#clock.now();
    task.changed = task.stateChanged;
  }

  #setProgress(task: Task, progress: number): void {
    task.progress = progress;
    task.changed = this.#clock.now();
  }
}

function matches(failure: TaskFailure, task: Task): boolean {
  const parameters = Object.entries(failure.parameters ?? {});
  return (
    (failure.type === undefined || failure.type === task.type) &&
    parameters.every(([key, value]) => task.parameters.some((one) => one.key === key && one.value === value))
  );
}

function mean(numbers: readonly number[]): number {
  return Math.floor(numbers.reduce((sum, each) => sum + each, 0) / numbers.length);
}
