/** What the tasks that deploy, reconfigure and remove SVMs have in common. */
import type { Task, TaskParameter, TaskPlan } from "../tasks/task";
import { accountState, platformAt } from "../world/connections";
import type { NetworkAdapter, Platform } from "../world/platforms";
import type { AdapterSettings } from "../world/svm-settings";
import { adapter, type Svm } from "../world/svms";
import type { World } from "../world/world";
import type { ExistingItem, LocationType, SvmItem } from "./request";

/** The task of a whole request, and of each of its SVMs: `DeployMultipleSvm` and `DeploySvm`, and so on. */
export function taskTypes(verb: "Deploy" | "Config" | "Delete", locationType: LocationType) {
  const object = locationType === "host" ? "Svm" : "OpenStackSvm";
  return { whole: `${verb}Multiple${object}`, single: `${verb}${object}` } as const;
}

/** `hostId` is the name also where it is the id of an OpenStack project ("SVM deployment task"). */
export function locationParameters({ infrastructureId, locationId }: SvmItem): readonly TaskParameter[] {
  return [
    { key: "infrastructureId", value: infrastructureId },
    { key: "hostId", value: locationId },
  ];
}

/** What is known of the SVM of a request when its subtask is created; nothing of one that does not exist. */
export function existingSvmParameters(world: World, item: ExistingItem): readonly TaskParameter[] {
  const svm = world.svms.find(item.svmId);
  return [
    ...locationParameters(item),
    ...(svm === undefined ? [] : [{ key: "svmName", value: svm.vm.name }]),
    { key: "svmId", value: item.svmId },
    ...(svm?.ipAddress === undefined ? [] : [{ key: "svmIpAddress", value: svm.ipAddress }]),
  ];
}

/**
 * One step of what happens to an SVM; it takes effect at its end.
 *
 * @param effect given the subtask of the SVM; one that throws fails the step
 */
export function step(name: string, milliseconds: number, effect: (subtask: Task) => void): TaskPlan {
  return {
    type: "DeploySvmStep",
    parameters: [{ key: "deployStepName", value: name }],
    milliseconds,
    finish: (task, subtask) => {
      if (subtask === undefined) {
        throw new TypeError(`${task.type} ${name} is a part of no task.`);
      }
      effect(subtask);
      return true;
    },
  };
}

/**
 * The platform, for somebody who wants to change it.
 *
 * @throws Error if the Integration Server cannot do that right now
 */
export function writablePlatform(world: World, infrastructureId: string): Platform {
  const infrastructure = world.infrastructures.get(infrastructureId);
  if (infrastructure === undefined) {
    throw new Error(`The infrastructure ${infrastructureId} is connected no longer.`);
  }
  const state = accountState(world, infrastructure, infrastructure.accounts.admin, "admin");
  const platform = platformAt(world, infrastructure);
  if (state.error === "ACCESS_DENIED") {
    throw new Error(`Access denied: ${state.message}`);
  }
  if (state.status !== "CONNECTED" || platform === undefined) {
    throw new Error(`The infrastructure ${infrastructure.address} cannot be reached: ${state.message}`);
  }
  return platform;
}

/**
 * The SVM of a request. The documents do not say what becomes of an unknown id; here its subtask fails, and the other SVMs
 * of the request are not touched by it.
 *
 * @throws Error if no such SVM is there
 */
export function existingSvm(world: World, { infrastructureId, locationId, svmId }: ExistingItem): Svm {
  const platform = writablePlatform(world, infrastructureId);
  const svm = world.svms.find(svmId);
  if (svm?.platform !== platform || svm.vm.parentId !== locationId) {
    throw new Error(`The SVM ${svmId} was not found on ${locationId}.`);
  }
  return svm;
}

/** The adapters that objects show. */
export function networkAdapters(platform: Platform, adapters: readonly AdapterSettings[]): NetworkAdapter[] {
  return adapters.map(({ networkId, securityGroupIds }) => adapter(platform, networkId, securityGroupIds));
}

/** The address that is set by hand, nothing with DHCP. */
export function staticAddress(adapters: readonly AdapterSettings[]): string | undefined {
  return adapters.find((each) => each.isPrimary)?.static?.addresses[0];
}

/** What DHCP gives, out of a block that is reserved for tests (RFC 2544). */
export function leaseAddress(world: World): string {
  const number = world.nextNumber("lease");
  return `198.18.${Math.floor(number / 250) % 250}.${(number % 250) + 1}`;
}

/** Says in a task what has become known. */
export function setParameter(task: Task, key: string, value: string): void {
  const known = task.parameters.find((parameter) => parameter.key === key);
  if (known === undefined) {
    task.parameters.push({ key, value });
  } else {
    known.value = value;
  }
}
