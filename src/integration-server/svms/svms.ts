/**
 * Operations on SVMs. To its caller each is about one SVM; those of one kind that come at about the same time go to the
 * server as one request and one task, and each ends with its own part of it.
 */
import type { CallOptions } from "../http/call";
import { InvalidArgumentError } from "../http/errors";
import type { VirtualMachine } from "../infrastructures/objects";
import type { Observations } from "../infrastructures/observation";
import { TaskFailedError } from "../tasks/errors";
import type { Tasks } from "../tasks/tasks";
import { SvmExistsError } from "./errors";
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
  SvmReadOptions,
  SvmReconfiguration,
  SvmRemoval,
  SvmSubtask,
  SvmTaskState,
} from "./svm";

export interface SvmsOptions extends SvmOperationContext {
  /** How many SVMs of one request the server works on at a time. */
  readonly concurrency: number;
  readonly judge: Judge;
  readonly observations: Observations;
}

export class Svms {
  readonly #tasks: Tasks;
  readonly #lists: SvmLists;
  readonly #judge: Judge;
  readonly #deployment: SvmOperation<SvmDeployment>;
  readonly #reconfigurations: Reconfigurations;
  readonly #removal: SvmOperation<SvmRemoval>;
  /** The SVMs that are being deployed: their names cannot be found in any list yet. */
  readonly #beingDeployed = new Set<string>();

  constructor({ concurrency, judge, observations, ...context }: SvmsOptions) {
    this.#judge = judge;
    this.#tasks = context.tasks;
    this.#lists = context.lists;
    this.#deployment = new SvmOperation(
      deploymentDefinition(concurrency, (deployment, signal) => this.#refuseExisting(deployment, signal)),
      context,
    );
    this.#reconfigurations = new Reconfigurations(context, concurrency, observations);
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
    const place = { ...deployment.placement, name: deployment.name };
    try {
      const { taskId, subtask } = await this.#deployment.run(deployment, options);
      const known = describeSubtask(taskId, subtask);
      const svmId = known.svmId ?? (await this.#judge.appearance(place, options))?.id;
      if (svmId === undefined) throw new TaskFailedError(subtask, "it named no SVM, and none of this name was found");
      this.#lists.of(deployment.placement.infrastructureId).deployed(svmId);
      return { ...known, svmId };
    } finally {
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
   * An SVM by its id, from the list of all SVMs of its infrastructure. That list is read once for everyone who asks
   * within some seconds, and anew after every change that was sent through this client.
   *
   * @returns undefined when the list does not have it
   * @throws ApiError for which `isNotFound` is true when there is no such infrastructure
   */
  async get(
    { infrastructureId, svmId }: { readonly infrastructureId: string; readonly svmId: string },
    options: SvmReadOptions = {},
  ): Promise<VirtualMachine | undefined> {
    const svms = await this.#lists.of(infrastructureId).read(options);
    return svms.find(({ id }) => id === svmId);
  }

  /** An SVM by its name on a hypervisor or in an OpenStack project, from the same list. */
  async find(
    where: { readonly infrastructureId: string; readonly locationId: string; readonly name: string },
    options: SvmReadOptions = {},
  ): Promise<VirtualMachine | undefined> {
    const svms = await this.#lists.of(where.infrastructureId).read(options);
    return svms.find(({ name, parentId }) => name === where.name && parentId === where.locationId);
  }

  /** The other SVMs of the same name at the same location, from the same list. */
  async namesakes(
    { infrastructureId, vm }: { readonly infrastructureId: string; readonly vm: VirtualMachine },
    options: SvmReadOptions = {},
  ): Promise<readonly VirtualMachine[]> {
    const svms = await this.#lists.of(infrastructureId).read(options);
    return svms.filter(({ id, name, parentId }) => id !== vm.id && name === vm.name && parentId === vm.parentId);
  }

  /**
   * Where a task's work on one SVM stands, without waiting.
   *
   * @returns undefined when the server does not know the task any longer
   */
  async subtask(taskId: string, svm: SvmIdentity, { signal }: CallOptions = {}): Promise<SvmTaskState | undefined> {
    return lookAtSubtask(this.#tasks, taskId, svm, signal);
  }

  /**
   * Waits until a task's work on one SVM, begun earlier, is completed.
   *
   * @throws TaskFailedError when it ends otherwise
   */
  async follow(taskId: string, svm: SvmIdentity, options: SvmOperationOptions = {}): Promise<SvmSubtask> {
    const task = await followSubtask(this.#tasks, taskId, { ...options, subtask: (root) => findSubtask(root, svm) });
    return describeSubtask(taskId, task);
  }

  async #refuseExisting(deployment: SvmDeployment, signal: AbortSignal | undefined): Promise<void> {
    const { name, placement, thoroughly } = deployment;
    const existing = await this.#judge.namesake({ ...placement, name }, { thoroughly, signal });
    if (existing) throw new SvmExistsError(existing, placement);
  }

  /** Two deployments of one SVM at the same time would not see each other in any list. */
  #claim({ name, placement: { infrastructureId, locationId } }: SvmDeployment): () => void {
    const key = JSON.stringify([infrastructureId, locationId, name]);
    if (this.#beingDeployed.has(key)) {
      throw new InvalidArgumentError(
        "name",
        `must be unique: an SVM "${name}" is being deployed at ${locationId} already`,
      );
    }
    this.#beingDeployed.add(key);
    return () => this.#beingDeployed.delete(key);
  }
}
