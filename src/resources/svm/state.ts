/** From a plan, and from what the Integration Server shows, to the state of an SVM. */
import type { VirtualMachine } from "../../integration-server";
import { isUnknown } from "../../terraform";
import { groupsOf, observedPlacement } from "./adapters";
import { primaryAddress } from "./networks";
import { atPlace, type HostPlace, locationOf, type OpenstackPlace, type Placed } from "./placement";
import type { SvmPlan, SvmState } from "./schema";

/** What the Integration Server sets. */
type Computed = Pick<SvmState, "id" | "state" | "svmVersion" | "ipAddress" | "networkAdapters" | "taskId">;
/** What the Integration Server tells of a deployment. */
export type SvmIds = Pick<Computed, "id" | "taskId" | "ipAddress">;
/** What the user sets. */
type Settings = Omit<SvmState, keyof Computed>;
type Observed = Pick<Computed, "state" | "svmVersion" | "networkAdapters">;

export function settingsOf(plan: SvmPlan): Settings {
  const { root, klconfig } = plan;
  return {
    name: plan.name,
    infrastructureId: plan.infrastructureId,
    imageId: plan.imageId,
    localization: plan.localization,
    skipIntegrityCheck: plan.skipIntegrityCheck,
    host: plan.host,
    openstack: plan.openstack,
    ksc: plan.ksc,
    dns: plan.dns,
    root: root && { allowSsh: root.allowSsh, passwordWoVersion: root.passwordWoVersion },
    klconfig: klconfig && { passwordWoVersion: klconfig.passwordWoVersion },
    timeouts: plan.timeouts,
  };
}

/** The complete state of a new SVM; `vm` is undefined where it could not be looked at. */
export function deployedState(plan: SvmPlan, ids: SvmIds, vm: VirtualMachine | undefined): SvmState {
  return { ...settingsOf(plan), ...ids, ipAddress: ids.ipAddress ?? primaryAddress(plan) ?? null, ...observedOf(vm) };
}

/** What is seen of an SVM; null while it is in no list. */
export function observedOf(vm: VirtualMachine | undefined): Observed {
  return {
    state: vm?.state ?? null,
    svmVersion: vm?.svmVersion ?? null,
    networkAdapters:
      vm?.networkAdapters.map((adapter) => ({
        id: adapter.id,
        name: adapter.name,
        securityGroupIds: groupsOf(adapter),
      })) ?? null,
  };
}

/** The state after a look: another place and other adapters are drift. */
export function refreshed(state: SvmState, vm: VirtualMachine): SvmState {
  return { ...state, id: vm.id, ...observedOf(vm), ...observedPlacement(movedTo(state, vm.parentId), vm) };
}

/** The placement at another hypervisor, or in another project. */
export function movedTo(
  placed: Placed,
  locationId = locationOf(placed).locationId,
): Pick<Placed, "host" | "openstack"> {
  return atPlace<HostPlace, OpenstackPlace, Pick<Placed, "host" | "openstack">>(
    placed,
    (host) => ({ host: { ...host, id: locationId }, openstack: null }),
    (openstack) => ({ host: null, openstack: { ...openstack, projectId: locationId } }),
  );
}

/** The state's value where it was planned to stay, else what it turned out to be. */
export function settle<V>(planned: unknown, prior: V, actual: V): V {
  return isUnknown(planned) ? actual : prior;
}
