import type { Task, TaskPlan } from "../tasks/task";
import type { RegisteredImage } from "../world/images";
import { machineId, scheduled } from "../world/svms";
import type { World } from "../world/world";
import type { DeploymentItem, DeploymentRequest } from "./request";
import {
  leaseAddress,
  locationParameters,
  networkAdapters,
  setParameter,
  staticAddress,
  step,
  taskTypes,
  writablePlatform,
} from "./steps";

/**
 * "SVM deployment task". The documents name the step `UploadSvmImage`; the other names are this simulator's. From the end
 * of `CreateSvm` on there is an SVM, whatever becomes of the later steps.
 */
export function deploymentPlan(world: World, request: DeploymentRequest, image: RegisteredImage): TaskPlan {
  const { whole, single } = taskTypes("Deploy", request.locationType);
  return {
    type: whole,
    threadsCount: request.threadsCount,
    children: request.svms.map((item) => {
      const deployment = new Deployment(world, request, item, image);
      return {
        type: single,
        parameters: [...locationParameters(item), { key: "svmName", value: item.name }],
        children: deployment.steps(),
        finish: () => ({ svmId: deployment.svmId }),
      };
    }),
    finish: () => undefined,
  };
}

/** One SVM on its way; a second one of the same name is no obstacle, as on real hypervisors. */
class Deployment {
  #svmId: string | undefined;

  constructor(
    private readonly world: World,
    private readonly request: DeploymentRequest,
    private readonly item: DeploymentItem,
    private readonly image: RegisteredImage,
  ) {}

  get svmId(): string {
    if (this.#svmId === undefined) {
      throw new TypeError(`The SVM ${this.item.name} was not created.`);
    }
    return this.#svmId;
  }

  steps(): readonly TaskPlan[] {
    const verification = step("ValidateSvmImage", 2000, () => this.#verify());
    return [
      ...(this.request.image.skipCheckIntegrity ? [] : [verification]),
      step("UploadSvmImage", 8000, () => void writablePlatform(this.world, this.item.infrastructureId)),
      step("CreateSvm", 4000, (subtask) => this.#create(subtask)),
      step("ConfigureNetwork", 2000, (subtask) => this.#configureNetwork(subtask)),
      step("StartSvm", 3000, () => this.world.svms.update(this.svmId, { state: "Enabled" })),
      step("WaitForSvm", 6000, (subtask) => this.#lease(subtask)),
      step("ConfigureSvm", 3000, () => this.world.svms.update(this.svmId, {}, this.item.changes)),
    ];
  }

  #verify(): void {
    if (this.image.file.tampered) {
      throw new Error(`The signature of the image ${this.image.id} does not match its content.`);
    }
  }

  #create(subtask: Task): void {
    const { infrastructureId, locationId, name, placement, adapters } = this.item;
    const platform = writablePlatform(this.world, infrastructureId);
    const id = machineId(this.world.identifiers, platform, `svm ${this.world.nextNumber("svm")}`);
    const vm = {
      id,
      name,
      parentId: locationId,
      ...scheduled(platform),
      state: "Disabled",
      networkAdapters: networkAdapters(platform, adapters),
      isSvm: true,
      svmVersion: this.image.file.svmVersion,
    };
    const { localization } = this.request.image;
    this.world.svms.add(platform, vm, { imageId: this.image.id, localization, placement, adapters });
    this.#svmId = id;
    setParameter(subtask, "svmId", id);
  }

  #configureNetwork(subtask: Task): void {
    const address = staticAddress(this.item.adapters);
    const { dns } = this.item.changes;
    this.world.svms.update(this.svmId, {}, dns === undefined ? {} : { dns });
    if (address !== undefined) {
      this.#assign(subtask, address);
    }
  }

  #lease(subtask: Task): void {
    if (this.world.svms.get(this.svmId).ipAddress === undefined) {
      this.#assign(subtask, leaseAddress(this.world));
    }
  }

  #assign(subtask: Task, address: string): void {
    this.world.svms.assignIpAddress(this.svmId, address);
    setParameter(subtask, "svmIpAddress", address);
  }
}
