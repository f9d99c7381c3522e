/** An SVM whose connection is replaced, as when the hypervisor's password is rotated: its plan looks worse than it is. */
import type { Diagnostic } from "../../terraform";
import { isUnknown } from "../../terraform";
import type { SvmPlanned, SvmState } from "./schema";

/**
 * One summary for all SVMs, so that Terraform shows one warning. Undefined where something else about the SVM may change, too.
 *
 * @param staysPut whether the SVM is known to be where it shall be, by whatever ids the new connection counts
 */
export function followingWarning(
  state: SvmState,
  planned: SvmPlanned,
  staysPut: boolean,
): Omit<Diagnostic, "severity"> | undefined {
  if (planned.infrastructureId === state.infrastructureId) return undefined;
  const renumbered = staysPut ? ["id", "storageId"] : [];
  const { name, imageId, host, openstack, ksc, dns, root, klconfig, settingsVersion } = state;
  const kept = { name, imageId, host, openstack, ksc, dns, root, klconfig, settingsVersion };
  if (!agrees(kept, planned, renumbered)) return undefined;
  return {
    summary: "SVMs follow to another connection, and none of them is touched",
    detail: `The connection through which the SVM "${state.name}" is known becomes another one, as when its password is changed. The SVM is looked up under the new one: nothing is deployed, reconfigured or removed, although ids and places are shown as known after apply.`,
  };
}

/**
 * Whether a planned value is, or may turn out to be, the one from before. What is removed from the configuration changes
 * nothing, and attributes that a state never has, such as passwords, say nothing.
 */
function agrees(before: unknown, after: unknown, ignored: readonly string[]): boolean {
  if (isUnknown(after) || after === null || after === undefined) return true;
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.length === after.length && before.every((each, index) => agrees(each, after[index], ignored));
  }
  if (isObject(before) && isObject(after)) {
    return Object.keys(before).every((name) => ignored.includes(name) || agrees(before[name], after[name], ignored));
  }
  return before === after;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
