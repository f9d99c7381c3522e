/** What planning an SVM needs beside its schema. */
import { isDeepStrictEqual } from "node:util";
import { isNotFound } from "../../integration-server";
import {
  type AttributePath,
  isUnknown,
  type PlanChanges,
  type PlanRequest,
  UNKNOWN,
  type Unknown,
} from "../../terraform";
import type { Client } from "../shared/client";
import { explained } from "../shared/errors";
import { changesOf, isAny, isImported } from "./changes";
import { requireDeploymentSettings } from "./deployment-settings";
import { findRehomed } from "./look-up";
import { currentPassword } from "./passwords";
import { svmName } from "./placement";
import type { SvmAttributes, SvmPlan, SvmPlanned, SvmState } from "./schema";
import { refuseStranding } from "./stranded";

type SvmPlanRequest = PlanRequest<SvmAttributes, Client>;
type Changes = PlanChanges<SvmAttributes>;

export async function plan(request: SvmPlanRequest): Promise<Changes | undefined> {
  const { state, planned } = request;
  if (planned === null) return undefined;
  if (state === null) {
    requireDeploymentSettings(planned);
    return undefined;
  }
  const isRehomed = planned.infrastructureId !== state.infrastructureId;
  if (!isRehomed) requirePassword(request, state, planned);
  await refuseStranding(state, planned, request);
  const networksDiffer = !isDeepStrictEqual(networksOf(planned), networksOf(state));
  return {
    planned: {
      ...(isRehomed && { id: UNKNOWN }),
      ...((isRehomed || networksDiffer) && { networkAdapters: UNKNOWN }),
      ...(networksDiffer && { ipAddress: UNKNOWN }),
    },
    keepsInPlace: [
      ...(isImported(state) ? UNREAD : []),
      ...(isRehomed && (await isFoundThere(request, state, planned)) ? PLACEMENT : []),
    ],
  };
}

/** Null in an imported SVM's state, whatever the SVM has. */
const UNREAD: readonly AttributePath[] = [
  ["openstack", "volumeTypeId"],
  ["openstack", "availabilityZone"],
  ["openstack", "serverGroupId"],
];
const PLACEMENT: readonly AttributePath[] = [["host"], ["openstack"]];

/** Whether the SVM runs in what the new connection leads to: its ids may be others there, and say nothing. */
async function isFoundThere(request: SvmPlanRequest, state: SvmState, planned: SvmPlanned): Promise<boolean> {
  const { infrastructureId } = planned;
  if (typeof infrastructureId !== "string") return false;
  try {
    return (await findRehomed(state, infrastructureId, locationIdOf(planned), request)) !== undefined;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw explained(`look for the ${svmName(state)} under the connection ${infrastructureId}`, error);
  }
}

function locationIdOf({ host, openstack }: SvmPlanned): string | undefined {
  const id = valuesOf(host)?.id ?? valuesOf(openstack)?.projectId;
  return typeof id === "string" ? id : undefined;
}

/** A change of settings needs klconfig's password; what replaces the SVM, or may do so, does not. */
function requirePassword({ config }: SvmPlanRequest, state: SvmState, planned: SvmPlanned): void {
  if (isImported(state) || !isDeepStrictEqual(identityOf(planned), identityOf(state))) return;
  if (!isDecided(planned)) return;
  const changes = changesOf(state, planned, undefined);
  if (isAny(changes)) currentPassword(planned, config.klconfig, changes.klconfigPassword);
}

function isDecided(planned: SvmPlanned): planned is SvmPlanned & SvmPlan {
  const { name, infrastructureId, host, openstack, ksc, dns, root, klconfig } = planned;
  return !hasUnknown([name, infrastructureId, host, openstack, ksc, dns, root, klconfig]);
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
