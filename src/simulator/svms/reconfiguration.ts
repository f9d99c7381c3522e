import type { Task, TaskPlan } from "../tasks/task";
import type { AdapterSettings } from "../world/svm-settings";
import type { World } from "../world/world";
import type { ReconfigurationItem, ReconfigurationRequest } from "./request";
import {
  existingSvm,
  existingSvmParameters,
  leaseAddress,
  networkAdapters,
  setParameter,
  staticAddress,
  step,
  taskTypes,
} from "./steps";

/** "SVM reconfiguration task", which is "similar to" the deployment's; the names of the steps are this simulator's. */
export function reconfigurationPlan(world: World, request: ReconfigurationRequest): TaskPlan {
  const { whole, single } = taskTypes("Config", request.locationType);
  return {
    type: whole,
    threadsCount: request.threadsCount,
    children: request.svms.map((item) => ({
      type: single,
      parameters: existingSvmParameters(world, item),
      children: steps(world, item),
      finish: () => ({ svmId: item.svmId }),
    })),
    finish: () => undefined,
  };
}

function steps(world: World, item: ReconfigurationItem): readonly TaskPlan[] {
  const { adapters, ...others } = item.changes;
  return [
    step("LogInToSvm", 2000, () => logIn(world, item)),
    ...(adapters === undefined
      ? []
      : [step("ConfigureNetwork", 3000, (subtask) => configureNetwork(world, item, adapters, subtask))]),
    step("ConfigureSvm", 3000, () => configure(world, item, others)),
  ];
}

function logIn(world: World, item: ReconfigurationItem): void {
  if (existingSvm(world, item).settings.klconfigPassword !== item.password) {
    throw new Error(`The SVM ${item.svmId} refused the password of the user klconfig.`);
  }
}

function configureNetwork(
  world: World,
  item: ReconfigurationItem,
  adapters: readonly AdapterSettings[],
  subtask: Task,
): void {
  const { platform } = existingSvm(world, item);
  world.svms.update(item.svmId, { networkAdapters: networkAdapters(platform, adapters) }, { adapters });
  const address = staticAddress(adapters) ?? leaseAddress(world);
  world.svms.assignIpAddress(item.svmId, address);
  setParameter(subtask, "svmIpAddress", address);
}

/** What of the root account is left out stays as it is. */
function configure(world: World, item: ReconfigurationItem, changes: ReconfigurationItem["changes"]): void {
  const { settings } = existingSvm(world, item);
  const root = changes.root === undefined ? {} : { root: { ...settings.root, ...changes.root } };
  world.svms.update(item.svmId, {}, { ...changes, ...root });
}
