/** What is believed of an imported SVM: the API reads back its name, its place and its adapters, and nothing else. */
import { type Context, type Diagnostic, isUnknown, type Unknown } from "../../terraform";
import type { Client } from "../shared/client";
import { resends } from "./changes";
import { svmName } from "./naming";
import type { SvmPlanned, SvmState } from "./schema";
import { isImported } from "./state";

/** For the plan that takes over an imported SVM; undefined where nothing is configured that would have to be believed. */
export function trustWarning(
  state: SvmState,
  planned: SvmPlanned,
  context: Pick<Context<Client>, "client">,
): Omit<Diagnostic, "severity"> | undefined {
  if (!isImported(state) || resends(state, planned) || isToBeReplaced(state, planned)) return undefined;
  const settings = (["ksc", "dns", "root"] as const).filter((name) => isSet(planned[name]) && state[name] === null);
  const believed = [...settings, ...networkSettings(planned)];
  if (believed.length === 0) return undefined;
  return {
    summary: "Settings of an imported SVM are taken on trust",
    detail: `Nobody can read back from the ${svmName(state, context)} what it has for ${believed.join(", ")}: the state takes over what is configured, and nothing is sent to the SVM. Where that may not be what it has, set settings_version (settingsVersion in CDKTF) to any text: all settings are sent then, which needs klconfig's password. Its image and its storage, or flavor, are taken as configured, too: they matter when it is deployed anew, and another one after this replaces it.`,
  };
}

/** What replaces the SVM needs no trust in it. */
function isToBeReplaced({ name, host, openstack }: SvmState, planned: SvmPlanned): boolean {
  const differs = (before: string | undefined, after: unknown) => typeof after === "string" && after !== before;
  return (
    differs(name, planned.name) ||
    differs(host?.id, known(planned.host)?.id) ||
    differs(openstack?.projectId, known(planned.openstack)?.projectId)
  );
}

/** What adapters do not show. */
function networkSettings({ host, openstack }: SvmPlanned): readonly string[] {
  const onHost = each(known(host)?.networks);
  const ports = each(known(openstack)?.networks).flatMap(({ ports }) => each(ports));
  const isMore = (adapter: { readonly static: unknown; readonly vlanId: unknown }) =>
    isSet(adapter.static) || isSet(adapter.vlanId);
  return [
    ...(onHost.some(isMore) ? ["host.networks"] : []),
    ...(ports.some((port) => isMore(port) || isSet(port.portSecurityEnabled)) ? ["openstack.networks"] : []),
  ];
}

function each<V>(list: readonly (V | Unknown)[] | null | Unknown | undefined): readonly V[] {
  if (list === null || list === undefined || isUnknown(list)) return [];
  return list.filter((element): element is V => !isUnknown(element));
}

function isSet(value: unknown): boolean {
  return value !== null && value !== undefined;
}

function known<V extends object>(value: V | null | Unknown): V | undefined {
  return value === null || isUnknown(value) ? undefined : value;
}
