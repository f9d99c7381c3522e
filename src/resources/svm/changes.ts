/** What an update changes inside of an SVM. */
import { isDeepStrictEqual } from "node:util";
import type { VirtualMachine } from "../../integration-server";
import { isNewVersion } from "../shared/password-version";
import { hasAdaptersFor, isWherePlaced } from "./adapters";
import { comparableNetworks } from "./networks";
import { isPlacedWhereItRuns } from "./placement-changes";
import type { SvmPlan, SvmPlanned, SvmState } from "./schema";
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
  const klconfigPassword = isNewVersion(versionOf(state.klconfig), versionOf(plan.klconfig));
  if (resends(state, plan)) return { ...everything(plan), networks: isToBeSent(state, plan, vm), klconfigPassword };
  const adopts = isImported(state);
  const changed = <V>(before: V | null, after: V | null) =>
    after !== null && !(adopts && before === null) && !isDeepStrictEqual(before, after);
  const rootIsNew = state.root === null && plan.root !== null && !adopts;
  return {
    ksc: changed(state.ksc, plan.ksc),
    dns: changed(state.dns, plan.dns),
    rootSsh: changed(state.root?.allowSsh ?? null, plan.root?.allowSsh ?? null),
    rootPassword: rootIsNew || isNewVersion(versionOf(state.root), versionOf(plan.root)),
    klconfigPassword,
    networks: networksChange(state, plan, vm),
  };
}

/** Whether all settings are to be sent, whatever the SVM may have. */
export function resends(
  { settingsVersion }: Pick<SvmState, "settingsVersion">,
  planned: Pick<SvmPlanned, "settingsVersion">,
): boolean {
  return planned.settingsVersion !== null && planned.settingsVersion !== settingsVersion;
}

/** All that is configured. The password of klconfig is the one that a reconfiguration proves its right with anyway. */
export function everything({ ksc, dns, root }: SvmPlan): Omit<Changes, "networks" | "klconfigPassword"> {
  return { ksc: ksc !== null, dns: dns !== null, rootSsh: root !== null, rootPassword: root !== null };
}

/** What is configured are networks of the hypervisor that is configured. */
function isToBeSent({ runningOn }: SvmState, plan: SvmPlan, vm: VirtualMachine | undefined): boolean {
  return isWherePlaced(plan, { parentId: vm?.parentId ?? runningOn?.id ?? undefined });
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
  if (isWherePlaced(plan, vm) && !hasAdaptersFor(plan, vm)) return true;
  return !isImported(state) && !isDeepStrictEqual(withoutIds(state), withoutIds(plan));
}

/** Another connection may give other ids to the same networks. */
function withoutIds(places: Parameters<typeof comparableNetworks>[0]) {
  return comparableNetworks(places).map((network) => ({ ...network, id: "" }));
}
