/** What planning an SVM needs beside its schema. */
import { isDeepStrictEqual } from "node:util";
import type { SvmLocation } from "../../integration-server";
import {
  type AttributePath,
  isUnknown,
  type PlanChanges,
  type PlanRequest,
  UNKNOWN,
  type Unknown,
} from "../../terraform";
import type { Client } from "../shared/client";
import { attempt } from "../shared/errors";
import { notePlan } from "../shared/journal";
import { changesOf, isAny, resends } from "./changes";
import { requireDeploymentSettings } from "./deployment-settings";
import { isPlaced, warnOfExisting } from "./existing";
import { followingWarning } from "./following";
import { keep, makingOf } from "./journal";
import { svmName } from "./naming";
import { currentPassword } from "./passwords";
import { isPlacedWhereItRuns, placementConflicts } from "./placement-changes";
import { findRehomed } from "./rehoming";
import type { SvmAttributes, SvmPlan, SvmPlanned, SvmState } from "./schema";
import { isImported } from "./state";
import { refuseStranding } from "./stranded";
import { trustWarning } from "./trust";

type SvmPlanRequest = PlanRequest<SvmAttributes, Client>;
type Changes = PlanChanges<SvmAttributes>;

export async function plan(request: SvmPlanRequest): Promise<Changes | undefined> {
  const { state, planned } = request;
  if (planned === null) return undefined;
  if (state === null) {
    requireDeploymentSettings(planned);
    if (isPlaced(planned)) notePlan(request, (journal) => journal.planned(makingOf(planned)));
    await warnOfExisting(planned, request);
    return undefined;
  }
  notePlan(request, (journal) => keep(state, journal));
  const isRehomed = planned.infrastructureId !== state.infrastructureId;
  if (!isRehomed) requirePassword(request, state, planned);
  await refuseStranding(state, planned, request);
  const trust = trustWarning(state, planned, request);
  if (trust !== undefined) request.warn(trust);
  const networksMayChange = resends(state, planned) || !isDeepStrictEqual(networksOf(planned), networksOf(state));
  const staysPut = isRehomed ? await isInPlace(request, state, planned) : isPlacedWhereItRuns(state, planned);
  const following = followingWarning(state, planned, staysPut);
  if (following !== undefined) request.warn(following);
  return {
    planned: {
      ...(isRehomed && { id: UNKNOWN, runningOn: UNKNOWN }),
      ...((isRehomed || networksMayChange) && { networkAdapters: UNKNOWN }),
      ...(networksMayChange && { ipAddress: UNKNOWN }),
    },
    keepsInPlace: [...(isImported(state) ? UNREAD : []), ...(staysPut ? PLACEMENT : [])],
  };
}

/** Null in an imported SVM's state, whatever the SVM has. */
const UNREAD: readonly AttributePath[] = [
  ["openstack", "volumeTypeId"],
  ["openstack", "availabilityZone"],
  ["openstack", "serverGroupId"],
];
const PLACEMENT: readonly AttributePath[] = [["host"], ["openstack"]];

/**
 * Whether the placement stays under another connection, whose ids may be numbered anew. Only what is known to be different
 * is not: else apply sees to it. So it does, too, where this process has added the connection, as then the plan was made
 * without knowing it, and cannot become another one.
 */
async function isInPlace(request: SvmPlanRequest, state: SvmState, planned: SvmPlanned): Promise<boolean> {
  const { infrastructureId } = planned;
  const { judge } = request.client.server;
  if (typeof infrastructureId !== "string") return isPlacedWhereItRuns(state, planned);
  if (judge.isReadAnew(infrastructureId)) return true;
  const location = plannedLocation(planned, infrastructureId);
  if (location === undefined) return placementConflicts(state, planned, undefined).length === 0;
  const action = `look for the ${svmName(state, request)} under the connection "${infrastructureId}"`;
  const finding = await attempt(action, () => findRehomed(state, location, request));
  if (finding.is === "left behind") return false;
  return finding.is !== "there" || placementConflicts(state, planned, finding.vm.parentId).length === 0;
}

function plannedLocation({ host, openstack }: SvmPlanned, infrastructureId: string): SvmLocation | undefined {
  const onHost = valuesOf(host)?.id;
  const inProject = valuesOf(openstack)?.projectId;
  if (typeof onHost === "string") return { type: "host", infrastructureId, locationId: onHost };
  if (typeof inProject === "string") return { type: "openstackProject", infrastructureId, locationId: inProject };
  return undefined;
}

/** A change of settings needs klconfig's password; what replaces the SVM, or may do so, does not. */
function requirePassword(request: SvmPlanRequest, state: SvmState, planned: SvmPlanned): void {
  const { config } = request;
  const isCertain = isImported(state)
    ? resends(state, planned)
    : isDeepStrictEqual(identityOf(planned), identityOf(state));
  if (!isCertain || !isDecided(planned)) return;
  const changes = changesOf(state, planned, undefined);
  if (isAny(changes)) currentPassword(planned, config.klconfig, changes.klconfigPassword, request);
}

function isDecided(planned: SvmPlanned): planned is SvmPlanned & SvmPlan {
  const { name, infrastructureId, host, openstack, ksc, dns, root, klconfig, settingsVersion } = planned;
  return !hasUnknown([name, infrastructureId, host, openstack, ksc, dns, root, klconfig, settingsVersion]);
}

function hasUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

/** What an SVM cannot change. */
function identityOf({ name, imageId, host, openstack }: SvmPlanned | SvmState): unknown {
  const onHost = valuesOf(host);
  const inProject = valuesOf(openstack);
  return [
    [name, imageId],
    [isUnknown(host), onHost?.id, onHost?.storageId],
    [isUnknown(openstack), inProject?.projectId, inProject?.flavorId, inProject?.volumeTypeId],
    [inProject?.availabilityZone, inProject?.serverGroupId],
  ];
}

function networksOf({ host, openstack }: SvmPlanned | SvmState): unknown {
  return [isUnknown(host), valuesOf(host)?.networks, isUnknown(openstack), valuesOf(openstack)?.networks];
}

/** An object that is there and known. */
function valuesOf<V extends object>(value: V | null | Unknown): V | undefined {
  return value === null || isUnknown(value) ? undefined : value;
}
