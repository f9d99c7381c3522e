/**
 * Operations on SVMs. To its caller each is about one SVM; those of one kind that come at about the same time go to the
 * server as one request and one task, and each ends with its own part of it.
 */
import type { CallOptions } from "../http/call";
import { InvalidArgumentError } from "../http/errors";
import { failureOf } from "../http/failure";
import { canonicalId } from "../ids";
import type { Names } from "../infrastructures/names";
import type { Observations } from "../infrastructures/observation";
import { TaskFailedError } from "../tasks/errors";
import type { Task } from "../tasks/task";
import type { RecentTasksQuery, Tasks } from "../tasks/tasks";
import type { Clock } from "../waiting/clock";
import { Slots } from "../waiting/slots";
import { SvmExistsError } from "./errors";
import type { NamedPlace } from "./finding";
import type { Judge } from "./judge";
import type { SvmLists } from "./lists";
import { SvmOperation, type SvmOperationContext } from "./operation";
import { deploymentDefinition, removalDefinition } from "./operation-definitions";
import { type ReconfigurationOptions, Reconfigurations } from "./reconfigurations";
import { describeSubtask, findSubtask, followSubtask, lookAtSubtask } from "./subtask";
import type {
  DeployedSvm,
  SvmDeployment,
  SvmIdentity,
  SvmOperationOptions,
  SvmReconfiguration,
  SvmRemoval,
  SvmSubtask,
  SvmTaskState,
} from "./svm";
import { type Trace, traceOf } from "./trace";

export interface SvmsOptions extends Omit<SvmOperationContext, "slots"> {
  /** How many SVMs the server deploys or reconfigures at a time. Removals are quick, and go together. */
  readonly concurrency: number;
  readonly judge: Judge;
  readonly names: Names;
  readonly observations: Observations;
}

export class Svms {
  readonly #tasks: Tasks;
  readonly #lists: SvmLists;
  readonly #judge: Judge;
  readonly #names: Names;
  readonly #clock: Clock;
  readonly #slots: Slots;
  readonly #deployment: SvmOperation<SvmDeployment>;
  readonly #reconfigurations: Reconfigurations;
  readonly #removal: SvmOperation<SvmRemoval>;
  /** The ids of the SVMs that were there before each deployment. */
  readonly #earlier = new WeakMap<SvmDeployment, ReadonlySet<string>>();
  /** The SVMs that are being deployed: their names cannot be found in any list yet. */
  readonly #beingDeployed = new Set<string>();

  constructor({ concurrency, judge, names, observations, ...context }: SvmsOptions) {
    this.#judge = judge;
    this.#names = names;
    this.#clock = context.clock;
    this.#slots = new Slots(concurrency, context.clock);
    const bounded = { ...context, slots: this.#slots };
    this.#tasks = context.tasks;
    this.#lists = context.lists;
    this.#deployment = new SvmOperation(
      deploymentDefinition(concurrency, (deployment, signal) => this.#refuseExisting(deployment, signal)),
      bounded,
    );
    this.#reconfigurations = new Reconfigurations(bounded, concurrency, observations);
    this.#removal = new SvmOperation(removalDefinition, context);
  }

  /**
   * Deploys an SVM and waits until that is completed. An SVM of the same name at the same location is looked for right
   * before the request is sent, in one list for all that go with it.
   *
   * @throws SvmExistsError when there is one; nothing was sent then
   * @throws TaskFailedError when the deployment ends otherwise; the SVM may exist all the same: see `onSubtask`
   * @throws AnswerLostError, MalformedAnswerError when nobody knows whether the server took the request
   */
  async deploy(deployment: SvmDeployment, options: SvmOperationOptions = {}): Promise<DeployedSvm> {
    const release = this.#claim(deployment);
    const list = this.#lists.of(deployment.placement.infrastructureId);
    const place = { ...deployment.placement, name: deployment.name };
    // A task may name another SVM, whichever: the one that was deployed cannot have been there before.
    const own = (known: SvmSubtask): SvmSubtask =>
      known.svmId !== undefined && this.#earlier.get(deployment)?.has(canonicalId(known.svmId))
        ? { ...known, svmId: undefined }
        : known;
    const following = { ...options, onSubtask: (subtask: SvmSubtask) => options.onSubtask?.(own(subtask)) };
    let svmId: string | undefined;
    try {
      const [told, subtask] = await this.#completed(deployment, place, following);
      const known = own(told);
      svmId = known.svmId ?? (await this.#judge.appearance(place, { signal: options.signal }))?.id;
      if (svmId === undefined) throw new TaskFailedError(subtask, "it named no SVM, and none of this name was found");
      return { ...known, svmId };
    } finally {
      list.deployed(svmId);
      release();
    }
  }

  /**
   * Changes settings of an SVM and waits until that is completed.
   *
   * @throws TaskFailedError, AnswerLostError, MalformedAnswerError as `deploy`
   * @throws NetworksKeptError when all but its networks has changed
   */
  async reconfigure(reconfiguration: SvmReconfiguration, options: ReconfigurationOptions = {}): Promise<void> {
    await this.#reconfigurations.run(reconfiguration, options);
  }

  /**
   * Removes an SVM and waits until that is completed.
   *
   * @throws TaskFailedError, AnswerLostError, MalformedAnswerError as `deploy`
   */
  async remove(removal: SvmRemoval, options: SvmOperationOptions = {}): Promise<void> {
    await this.#removal.run(removal, options);
    this.#lists.of(removal.target.infrastructureId).removed(removal.target.svmId);
  }

  /**
   * Where a task's work on one SVM stands, without waiting.
   *
   * @returns undefined when the server does not know the task any longer
   */
  async subtask(taskId: string, svm: SvmIdentity, { signal }: CallOptions = {}): Promise<SvmTaskState | undefined> {
    return lookAtSubtask(this.#tasks, taskId, svm, signal);
  }

  /** What has become of a request about an SVM whose answer never came, where the server has a list of tasks that tells. */
  trace(svm: SvmIdentity, query: RecentTasksQuery): Promise<Trace> {
    return traceOf(svm, query, this.#tasks, this.#clock);
  }

  /**
   * Waits until a task's work on one SVM, begun earlier, is completed.
   *
   * @throws TaskFailedError when it ends otherwise
   */
  async follow(taskId: string, svm: SvmIdentity, options: SvmOperationOptions = {}): Promise<SvmSubtask> {
    return describeSubtask(taskId, await this.#follow(taskId, svm, options));
  }

  async #follow(taskId: string, svm: SvmIdentity, options: SvmOperationOptions): Promise<Task> {
    const done = this.#slots.take();
    try {
      return await followSubtask(this.#tasks, taskId, { ...options, subtask: (root) => findSubtask(root, svm) });
    } finally {
      done();
    }
  }

  /** What has become of the deployment. Where the answer with its task was lost, the server may have a list that shows it. */
  async #completed(deployment: SvmDeployment, place: NamedPlace, options: SvmOperationOptions) {
    const createdFrom = this.#clock.wall();
    try {
      const { taskId, subtask } = await this.#deployment.run(deployment, options);
      return [describeSubtask(taskId, subtask), subtask] as const;
    } catch (error) {
      const { signal } = options;
      const isLost = failureOf(error).effect === "unknown" && !signal?.aborted;
      const trace = isLost ? await this.trace(place, { createdFrom, signal }) : undefined;
      if (trace?.is !== "there") throw error;
      const { taskId } = trace;
      options.onTask?.(taskId);
      const subtask = await this.#follow(taskId, place, options);
      return [describeSubtask(taskId, subtask), subtask] as const;
    }
  }

  async #refuseExisting(deployment: SvmDeployment, signal: AbortSignal | undefined): Promise<void> {
    const { name, placement, thoroughly } = deployment;
    const existing = await this.#judge.namesake({ ...placement, name }, { thoroughly, signal });
    if (existing) throw new SvmExistsError(existing, this.#names.place(placement));
    this.#earlier.set(deployment, this.#lists.of(placement.infrastructureId).ids);
  }

  /** Two deployments of one SVM at the same time would not see each other in any list. */
  #claim({ name, placement }: SvmDeployment): () => void {
    const { infrastructureId, locationId } = placement;
    const key = JSON.stringify([infrastructureId, locationId, name]);
    if (this.#beingDeployed.has(key)) {
      throw new InvalidArgumentError(
        "name",
        `must be unique: an SVM "${name}" is being deployed on ${this.#names.place(placement)} already`,
        "Give each SVM a name of its own on its hypervisor or in its project.",
      );
    }
    this.#beingDeployed.add(key);
    return () => this.#beingDeployed.delete(key);
  }
}
