import type { StoppedState, Task } from "./task";

/** Which tasks are meant; everything that is given must match. */
export interface TaskFilter {
  /** Its type, or one of several. */
  readonly type?: string | readonly string[];
  /** One of the tasks that it is a part of has one of these types. */
  readonly partOf?: readonly string[];
  /**
   * Parameters of the task, at least one of them its own and the others of the tasks it is a part of:
   * `{ deployStepName: "StartSvm", svmName: "svm-01" }` is one step of one SVM.
   */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Which tasks shall fail. */
export interface TaskFailure extends TaskFilter {
  /** @default a sentence that says the failure was asked for */
  readonly message?: string;
  /** How many tasks fail. @default 1 */
  readonly times?: number;
}

/** Which tasks shall be stopped, as an administrator does in the product's console. */
export interface TaskStop extends TaskFilter {
  /** @default "Cancelled" */
  readonly state?: StoppedState;
  /** How many tasks are stopped. @default 1 */
  readonly times?: number;
}

/** Tasks that wait before their work begins. */
export interface TaskHold {
  /** The first task that has got there. */
  readonly reached: Promise<Task>;
  /** Lets them, and all later ones, go on. */
  release(): void;
}

/** A task, the task that it is a part of, and so on up. */
export type Lineage = readonly [Task, ...Task[]];

interface Hold extends TaskFilter {
  readonly reach: (task: Task) => void;
}

/** What a test wants to become of tasks. */
export class Interventions {
  readonly #failures = new Countdowns<TaskFailure>();
  readonly #stops = new Countdowns<TaskStop>();
  readonly #holds = new Set<Hold>();
  readonly #lost: TaskFilter[] = [];

  failNext(failure: TaskFailure): void {
    this.#failures.add(failure);
  }

  stopNext(stop: TaskStop): void {
    this.#stops.add(stop);
  }

  /** Nothing fails or is stopped any more. */
  clear(): void {
    this.#failures.clear();
    this.#stops.clear();
  }

  lose(filter: TaskFilter): void {
    this.#lost.push(filter);
  }

  hold(filter: TaskFilter): TaskHold {
    let reach = (_task: Task): void => {};
    const reached = new Promise<Task>((resolve) => {
      reach = resolve;
    });
    const hold: Hold = { ...filter, reach };
    this.#holds.add(hold);
    return { reached, release: () => this.#holds.delete(hold) };
  }

  /** The failure that strikes a task now, if one does. */
  takeFailure(lineage: Lineage): TaskFailure | undefined {
    return this.#failures.take(lineage);
  }

  /** How a task is stopped now, if it is. */
  takeStop(lineage: Lineage): StoppedState | undefined {
    const stop = this.#stops.take(lineage);
    return stop && (stop.state ?? "Cancelled");
  }

  isHeld(lineage: Lineage): boolean {
    const holds = [...this.#holds].filter((hold) => matches(hold, lineage));
    for (const hold of holds) {
      hold.reach(lineage[0]);
    }
    return holds.length > 0;
  }

  /** A part of a lost task is lost with it. */
  isLost([task, ...above]: Lineage): boolean {
    const [parent, ...others] = above;
    return (
      this.#lost.some((filter) => matches(filter, [task, ...above])) ||
      (parent !== undefined && this.isLost([parent, ...others]))
    );
  }
}

class Countdowns<Filter extends TaskFilter & { readonly times?: number }> {
  readonly #active: { readonly filter: Filter; remaining: number }[] = [];

  add(filter: Filter): void {
    this.#active.push({ filter, remaining: filter.times ?? 1 });
  }

  clear(): void {
    this.#active.length = 0;
  }

  take(lineage: Lineage): Filter | undefined {
    const active = this.#active.find(({ filter, remaining }) => remaining > 0 && matches(filter, lineage));
    if (active !== undefined) {
      active.remaining -= 1;
    }
    return active?.filter;
  }
}

function matches({ type, partOf, parameters = {} }: TaskFilter, lineage: Lineage): boolean {
  const [task, ...above] = lineage;
  const wanted = Object.entries(parameters);
  const has = (one: Task, [key, value]: [string, string]) =>
    one.parameters.some((parameter) => parameter.key === key && parameter.value === value);
  return (
    (type === undefined || [type].flat().includes(task.type)) &&
    (partOf === undefined || above.some((each) => partOf.includes(each.type))) &&
    (wanted.length === 0 || wanted.some((each) => has(task, each))) &&
    wanted.every((each) => lineage.some((one) => has(one, each)))
  );
}
