/** What an update changes inside of an SVM. */
import { isDeepStrictEqual } from "node:util";
import type { VirtualMachine } from "../../integration-server";
import { isNewVersion } from "../shared/password-version";
import { hasAdaptersFor } from "./adapters";
import { comparableNetworks } from "./networks";
import { isPlacedWhereItRuns } from "./placement-changes";
import type { SvmPlan, SvmState } from "./schema";
import { isImported } from "./state";

/** What a reconfiguration has to send. */
export interface Changes {
  readonly ksc: boolean;
  readonly dns: boolean;
  readonly rootSsh: boolean;
  readonly rootPassword: boolean;
  readonly klconfigPassword: boolean;
  readonly networks: boolean;
}

/**
 * What differs between the state and the plan. Of an imported SVM only its adapters are known: the rest is taken to be
 * as it is configured now. Settings that are removed from the configuration stay on the SVM, as the API cannot unset them.
 *
 * @param vm the SVM as it is, where ids in the state may not mean anything any more
 */
export function changesOf(state: SvmState, plan: SvmPlan, vm: VirtualMachine | undefined): Changes {
  const adopts = isImported(state);
  const changed = <V>(before: V | null, after: V | null) =>
    after !== null && !(adopts && before === null) && !isDeepStrictEqual(before, after);
  const rootIsNew = state.root === null && plan.root !== null && !adopts;
  return {
    ksc: changed(state.ksc, plan.ksc),
    dns: changed(state.dns, plan.dns),
    rootSsh: changed(state.root?.allowSsh ?? null, plan.root?.allowSsh ?? null),
    rootPassword: rootIsNew || isNewVersion(versionOf(state.root), versionOf(plan.root)),
    klconfigPassword: isNewVersion(versionOf(state.klconfig), versionOf(plan.klconfig)),
    networks: networksChange(state, plan, vm),
  };
}

export function isAny(changes: Changes): boolean {
  return Object.values(changes).includes(true);
}

function versionOf(account: { readonly passwordWoVersion: string | null } | null): string | null {
  return account?.passwordWoVersion ?? null;
}

function networksChange(state: SvmState, plan: SvmPlan, vm: VirtualMachine | undefined): boolean {
  // Its networks there are taken on trust: the ones in the state are another hypervisor's.
  if (isPlacedWhereItRuns(state, plan)) return false;
  if (vm === undefined) return !isDeepStrictEqual(comparableNetworks(state), comparableNetworks(plan));
  const isElsewhere = plan.host !== null && vm.parentId !== undefined && vm.parentId !== plan.host.id;
  if (!isElsewhere && !hasAdaptersFor(plan, vm)) return true;
  return !isImported(state) && !isDeepStrictEqual(withoutIds(state), withoutIds(plan));
}

/** Another connection may give other ids to the same networks. */
function withoutIds(places: Parameters<typeof comparableNetworks>[0]) {
  return comparableNetworks(places).map((network) => ({ ...network, id: "" }));
}
