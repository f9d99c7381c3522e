import { type Clock, SimulatorStopped } from "../clock";
import type { Identifiers } from "../world/identifiers";
import {
  Interventions,
  type Lineage,
  type TaskFailure,
  type TaskFilter,
  type TaskHold,
  type TaskStop,
} from "./interventions";
import {
  isFinished,
  type StoppedState,
  type Task,
  type TaskPlan,
  type TaskState,
  wasStopped,
  withDescendants,
} from "./task";

const startingMilliseconds = 200;
/** How many times the progress of a stage moves. */
const ticksPerStage = 4;
/** How often a task that is held looks whether it may go on, in simulated milliseconds. */
const holdMilliseconds = 100;

class TaskStopped extends Error {
  constructor(readonly state: StoppedState) {
    super();
  }
}

/** Creates tasks and carries them through their states in simulated time. */
export class TaskEngine {
  readonly #clock: Clock;
  readonly #identifiers: Identifiers;
  readonly #byId = new Map<string, Task>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #interventions = new Interventions();
  /** How each task will end that was told to stop. */
  readonly #stopping = new Map<string, StoppedState>();

  constructor(clock: Clock, identifiers: Identifiers) {
    this.#clock = clock;
    this.#identifiers = identifiers;
  }

  /** Every task so far, subtasks included, oldest first. */
  get all(): readonly Task[] {
    return [...this.#byId.values()];
  }

  /** Those that a request created and that the API knows, oldest first. */
  get roots(): readonly Task[] {
    return this.all.filter(({ id, parentId }) => parentId === undefined && this.find(id) !== undefined);
  }

  get(id: string): Task | undefined {
    return this.#byId.get(id);
  }

  /** The task as the API knows it: nothing if it was lost. */
  find(id: string): Task | undefined {
    const task = this.#byId.get(id);
    return task === undefined || this.#interventions.isLost(this.#lineage(task)) ? undefined : task;
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
    this.#interventions.failNext(failure);
  }

  /** Stops tasks, and everything below them, as their work begins. */
  stopNext(stop: TaskStop): void {
    this.#interventions.stopNext(stop);
  }

  /** Forgets what shall fail or be stopped. */
  forgetInterventions(): void {
    this.#interventions.clear();
  }

  /** Makes tasks wait before their work begins; one that is stopped waits no longer. */
  hold(filter: TaskFilter): TaskHold {
    return this.#interventions.hold(filter);
  }

  /** From now on the API does not know these tasks, past and future ones, and their parts; they run on. */
  lose(filter: TaskFilter): void {
    this.#interventions.lose(filter);
  }

  /** Stops a task and everything below it, as an administrator does in the product's console. */
  cancel(id: string): void {
    const task = this.#byId.get(id);
    if (task !== undefined) {
      this.#stop(task, "Cancelled");
    }
  }

  #stop(task: Task, state: StoppedState): void {
    for (const each of withDescendants(task).filter((one) => !isFinished(one))) {
      this.#stopping.set(each.id, state);
      this.#setState(each, "Stopping");
    }
  }

  #lineage(task: Task): Lineage {
    const parent = this.#parent(task);
    return parent === undefined ? [task] : [task, ...this.#lineage(parent)];
  }

  #parent({ parentId }: Task): Task | undefined {
    return parentId === undefined ? undefined : this.#byId.get(parentId);
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
      await this.#intervene(task);
      await this.#work(task, plan);
      await this.#runChildren(task, plan);
      this.#complete(task, plan);
    } catch (error) {
      this.#end(task, error);
    }
  }

  async #intervene(task: Task): Promise<void> {
    const lineage = this.#lineage(task);
    while (this.#interventions.isHeld(lineage)) {
      await this.#pause(task, holdMilliseconds);
    }
    const stopped = this.#interventions.takeStop(lineage);
    if (stopped !== undefined) {
      this.#stop(task, stopped);
      await this.#pause(task, 0);
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
    if (!stopAtFailure) {
      for (const { task: queued } of waiting) {
        this.#setState(queued, "Queued");
      }
    }
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        // One that was stopped while it waited stays Stopping, and ends as soon as it is run.
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
      this.#setState(never.task, this.#stopping.get(never.task.id) ?? "Cancelled");
    }
    this.#throwIfStopping(task);
    const states = task.children.map((child) => child.state);
    const failures = states.filter((state) => state === "Failed").length;
    if (failures > 0) {
      throw new Error(`${failures} of ${states.length} subtasks failed.`);
    }
    const stopped = states.find(wasStopped);
    if (stopped !== undefined) {
      throw new TaskStopped(stopped);
    }
  }

  #complete(task: Task, plan: TaskPlan): void {
    const failure = this.#interventions.takeFailure(this.#lineage(task));
    if (failure !== undefined) {
      throw new Error(failure.message ?? "The simulator was asked to fail this task.");
    }
    const result = plan.finish === undefined ? true : plan.finish(task, this.#parent(task));
    task.progress = 100;
    if (result !== undefined) {
      task.result = result;
    }
    this.#setState(task, "Completed");
  }

  /** @throws SimulatorStopped if that is the reason, which leaves every task as it is */
  #end(task: Task, reason: unknown): void {
    if (reason instanceof SimulatorStopped) {
      throw reason;
    }
    task.stage = null;
    if (reason instanceof TaskStopped) {
      this.#setState(task, reason.state);
      return;
    }
    task.error = { code: "TaskFailed", message: reason instanceof Error ? reason.message : String(reason) };
    this.#setState(task, "Failed");
  }

  async #pause(task: Task, milliseconds: number): Promise<void> {
    this.#throwIfStopping(task);
    await this.#clock.sleep(milliseconds);
    this.#throwIfStopping(task);
  }

  #throwIfStopping(task: Task): void {
    if (task.state === "Stopping") {
      throw new TaskStopped(this.#stopping.get(task.id) ?? "Cancelled");
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
    const parent = this.#parent(task);
    if (parent !== undefined) {
      this.#setProgress(parent, mean(parent.children.map((child) => child.progress)));
    }
  }
}

function mean(numbers: readonly number[]): number {
  return Math.floor(numbers.reduce((sum, each) => sum + each, 0) / numbers.length);
}
