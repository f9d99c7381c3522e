/** From a plan, and from what the Integration Server shows, to the state of an SVM. */
import type { VirtualMachine } from "../../integration-server";
import { isSameId } from "../../integration-server/ids";
import { isUnknown } from "../../terraform";
import { inOrderOf } from "../shared/order";
import { groupsOf, isWherePlaced, observedPlacement } from "./adapters";
import { primaryAddress } from "./networks";
import type { SvmPlan, SvmState } from "./schema";

/** What the Integration Server sets. */
type Computed = Pick<SvmState, "id" | "ipAddress" | "taskId" | "runningOn"> & Observed;
/** What the Integration Server tells of a deployment. */
export type SvmIds = Pick<Computed, "id" | "taskId" | "ipAddress">;
/** What the user sets. */
type Settings = Omit<SvmState, keyof Computed>;
type Observed = Pick<SvmState, "state" | "svmVersion" | "networkAdapters">;

export function settingsOf(plan: SvmPlan): Settings {
  const { root, klconfig } = plan;
  return {
    name: plan.name,
    infrastructureId: plan.infrastructureId,
    imageId: plan.imageId,
    localization: plan.localization,
    skipIntegrityCheck: plan.skipIntegrityCheck,
    onExisting: plan.onExisting,
    host: plan.host,
    openstack: plan.openstack,
    ksc: plan.ksc,
    dns: plan.dns,
    root: root && { allowSsh: root.allowSsh, passwordWoVersion: root.passwordWoVersion },
    klconfig: klconfig && { passwordWoVersion: klconfig.passwordWoVersion },
    settingsVersion: plan.settingsVersion,
    timeouts: plan.timeouts,
  };
}

/**
 * The complete state of a new SVM, which may not have been seen yet: its deployment has ended, so a list in which it does not
 * run shows the past.
 */
export function deployedState(plan: SvmPlan, ids: SvmIds, seen: Seen | undefined): SvmState {
  const observed = observedOf(seen?.vm);
  return {
    ...settingsOf(plan),
    ...ids,
    ipAddress: ids.ipAddress ?? primaryAddress(plan) ?? null,
    runningOn: seen?.runningOn ?? null,
    ...observed,
    state: seen !== undefined && isRunning(seen.vm) ? observed.state : null,
  };
}

/** An SVM as it was just seen, and where it runs. */
export interface Seen {
  readonly vm: VirtualMachine;
  readonly runningOn: SvmState["runningOn"];
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

type Adapters = SvmState["networkAdapters"];

/** The adapters and their groups as they are listed now, in the order of the state. */
function adaptersLike(known: Adapters, listed: Adapters): Adapters {
  if (listed === null) return null;
  const keyOf = ({ id, securityGroupIds }: NonNullable<Adapters>[number]) => keyOfAdapter(id, securityGroupIds);
  const groups = new Map(known?.map((adapter) => [keyOf(adapter), adapter.securityGroupIds]));
  return inOrderOf(known, listed, keyOf).map((adapter) => ({
    ...adapter,
    securityGroupIds: groups.get(keyOf(adapter)) ?? adapter.securityGroupIds,
  }));
}

function keyOfAdapter(id: string | null, groups: readonly (string | null)[] | null): string {
  return JSON.stringify([id, ...[...(groups ?? [])].sort()]);
}

/** The state after a look: other adapters are drift, while another place is none. Where it was not placed, ids are others. */
export function refreshed(state: SvmState, { vm, runningOn }: Seen): SvmState {
  const { host, openstack } = state;
  const observed = observedOf(vm);
  const networkAdapters = adaptersLike(state.networkAdapters, observed.networkAdapters);
  const placement = isWherePlaced(state, vm) ? observedPlacement({ host, openstack }, vm) : { host, openstack };
  const id = isSameId(state.id, vm.id) ? state.id : vm.id;
  return { ...state, id, runningOn, ...observed, networkAdapters, ...placement };
}

/** True, too, where nobody says. The documents show no other state of an SVM that is in order. */
export function isRunning({ state }: VirtualMachine): boolean {
  return state === undefined || state === "Enabled";
}

/** An imported SVM has none until its first update, which takes over what is configured. */
export function isImported({ imageId }: Pick<SvmState, "imageId">): boolean {
  return imageId === null;
}

/** The state's value where it was planned to stay, else what it turned out to be. */
export function settle<V>(planned: unknown, prior: V, actual: V): V {
  return isUnknown(planned) ? actual : prior;
}
