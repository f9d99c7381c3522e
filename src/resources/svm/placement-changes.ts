/** What of an SVM's placement is known to differ from what the SVM was given, where ids can be compared. */
import { isSameId } from "../../integration-server/ids";
import { type AttributePath, isUnknown, type Unknown } from "../../terraform";
import type { SvmPlan, SvmPlanned, SvmState } from "./schema";
import { isImported } from "./state";

/**
 * The attributes that differ. On a hypervisor, ids mean the same as long as it is called by the same id; under another
 * connection they may be numbered anew. OpenStack's ids are its own.
 *
 * @param runsOn where the SVM was seen, as the planned connection has it; a hypervisor where it runs already is none that
 *   differs, and storage and networks are taken on trust there
 */
export function placementConflicts(
  state: SvmState,
  planned: SvmPlan | SvmPlanned,
  runsOn: string | undefined,
): readonly AttributePath[] {
  const host = settled(planned.host);
  const openstack = settled(planned.openstack);
  const isRead = !isImported(state);
  if (host !== undefined && state.host !== null) {
    if (!isUnknown(host.id) && isSameId(host.id, state.host.id))
      return differing("host", state.host, host, ["storageId"], isRead);
    return isUnknown(host.id) || runsOn === undefined || isSameId(host.id, runsOn) ? [] : [["host", "id"]];
  }
  if (openstack !== undefined && state.openstack !== null) {
    return differing("openstack", state.openstack, openstack, OPENSTACK, isRead);
  }
  return isUnknown(planned.host) || isUnknown(planned.openstack) ? [] : [[state.host === null ? "host" : "openstack"]];
}

/** True where the SVM shall be placed on the hypervisor that it has moved to. */
export function isPlacedWhereItRuns({ host, runningOn }: SvmState, planned: SvmPlan | SvmPlanned): boolean {
  const id = settled(planned.host)?.id;
  if (host === null || id === undefined || isUnknown(id)) return false;
  return !isSameId(id, host.id) && isSameId(id, runningOn?.id);
}

const OPENSTACK = ["projectId", "flavorId", "volumeTypeId", "availabilityZone", "serverGroupId"] as const;

/** @param countsNull false after an import, which cannot read everything */
function differing<Name extends string>(
  kind: "host" | "openstack",
  before: Readonly<Record<Name, string | null>>,
  after: Readonly<Record<Name, string | null | Unknown>>,
  names: readonly Name[],
  countsNull: boolean,
): readonly AttributePath[] {
  const differs = (name: Name) => {
    const value: string | null | Unknown = after[name];
    if (isUnknown(value)) return false;
    // The only name among ids.
    return name === "availabilityZone" ? before[name] !== value : !isSameId(before[name], value);
  };
  return names.filter((name) => differs(name) && (countsNull || before[name] !== null)).map((name) => [kind, name]);
}

function settled<V extends object>(value: V | null | Unknown): V | undefined {
  return value === null || isUnknown(value) ? undefined : value;
}
