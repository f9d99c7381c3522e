/** Holds the ids in a request about SVMs against what there is. */
import { type ApiContext, badRequest } from "../http/api";
import { microserviceStates } from "../world/connections";
import type { RegisteredImage } from "../world/images";
import type { Infrastructure } from "../world/infrastructure";
import { infrastructureState, knownPlatform } from "../world/infrastructures";
import type { Host, NamedObject, OpenstackProject, Platform } from "../world/platforms";
import type { AdapterSettings, Placement } from "../world/svm-settings";
import type { DeploymentRequest, LocationType, ReconfigurationRequest, RemovalRequest, SvmItem } from "./request";

/** @throws ApiError 400 that names the SVM and the id that is wrong, here and below */
export function checkDeployment(request: DeploymentRequest, context: ApiContext): RegisteredImage {
  const image = context.world.images.get(request.image.id);
  if (image === undefined) {
    throw badRequest(`body.image.id: there is no image ${request.image.id}.`);
  }
  for (const item of request.svms) {
    const { infrastructure, location } = findLocation(item, request.locationType, context);
    if (!image.types.includes(infrastructure.type)) {
      throw badRequest(
        `${item.path}: the image ${image.id} is registered for ${image.types.join(", ")}, not for ${infrastructure.type}.`,
      );
    }
    checkPlacement(item.placement, location, item.path);
    checkAdapters(item.adapters, location, item.path);
  }
  return image;
}

export function checkReconfiguration(request: ReconfigurationRequest, context: ApiContext): void {
  for (const item of request.svms) {
    const { location } = findLocation(item, request.locationType, context);
    checkAdapters(item.changes.adapters ?? [], location, item.path);
  }
}

export function checkRemoval(request: RemovalRequest, context: ApiContext): void {
  for (const item of request.svms) {
    findLocation(item, request.locationType, context);
  }
}

type Location = Host | OpenstackProject;

function findLocation(
  { path, infrastructureId, locationId }: SvmItem,
  type: LocationType,
  context: ApiContext,
): { readonly infrastructure: Infrastructure; readonly location: Location } {
  const target = `${path}.deploymentInfo.target`;
  const infrastructure = context.world.infrastructures.get(infrastructureId);
  if (infrastructure === undefined) {
    throw badRequest(`${target}.infrastructureId: there is no infrastructure ${infrastructureId}.`);
  }
  const platform = connectedPlatform(infrastructure, context, `${target}.infrastructureId`);
  const hasHosts = platform.kind === "hypervisor";
  if (hasHosts !== (type === "host")) {
    throw badRequest(
      `${path}.deploymentInfo.type must be ${hasHosts ? "host" : "openstackProject"} for ${infrastructure.type}, got: ${type}.`,
    );
  }
  const locations: readonly Location[] = hasHosts ? platform.hosts : platform.projects;
  const location = locations.find((each) => each.id === locationId);
  if (location === undefined) {
    throw badRequest(
      `${target}.location.id: infrastructure ${infrastructureId} has no ${hasHosts ? "hypervisor" : "project"} ${locationId}.`,
    );
  }
  return { infrastructure, location };
}

/** Rights that an account lacks show only when they are needed: then the task fails. */
function connectedPlatform(infrastructure: Infrastructure, { world, clock }: ApiContext, path: string): Platform {
  const { admin } = infrastructureState(world, clock, infrastructure);
  if (admin.status !== "CONNECTED" && admin.error !== "ACCESS_DENIED") {
    const why = admin.error === "NO_ERROR" ? admin.status : `${admin.status}, ${admin.error}`;
    throw badRequest(`${path}: infrastructure ${infrastructure.id} is not connected (${why}).`);
  }
  const broken = microserviceStates(world, infrastructure, admin).find((each) => each.status !== "CONNECTED");
  if (broken !== undefined) {
    throw badRequest(
      `${path}: the microservice ${broken.service} of infrastructure ${infrastructure.id} is not connected (${broken.error}).`,
    );
  }
  const platform = knownPlatform(world, clock, infrastructure);
  if (platform === undefined) {
    throw badRequest(`${path}: infrastructure ${infrastructure.id} was never connected (${admin.error}).`);
  }
  return platform;
}

function checkPlacement(placement: Placement, location: Location, path: string): void {
  const settings = `${path}.settings`;
  if (placement.type === "host") {
    const storages = "storages" in location ? location.storages : [];
    checkId(placement.storageId, storages, `${settings}.storageId`, "storage", location);
    return;
  }
  if ("flavors" in location) {
    const { flavorId, volumeTypeId, availabilityZoneName, serverGroupId } = placement;
    const zones = location.availabilityZones.map(({ name }) => ({ id: name, name }));
    checkId(flavorId, location.flavors, `${settings}.flavorId`, "flavor", location);
    checkId(volumeTypeId, location.volumeTypes, `${settings}.volumeTypeId`, "volume type", location);
    checkId(availabilityZoneName, zones, `${settings}.availabilityZoneName`, "availability zone", location);
    checkId(serverGroupId, location.serverGroups, `${settings}.serverGroupId`, "server group", location);
  }
}

function checkAdapters(adapters: readonly AdapterSettings[], location: Location, path: string): void {
  const groups = "securityGroups" in location ? location.securityGroups : [];
  for (const { networkId, securityGroupIds } of adapters) {
    checkId(networkId, location.networks, `${path}.settings.networks`, "network", location);
    for (const id of securityGroupIds ?? []) {
      checkId(id, groups, `${path}.settings.networks`, "security group", location);
    }
  }
}

function checkId(
  id: string | undefined,
  known: readonly NamedObject[],
  path: string,
  kind: string,
  location: Location,
): void {
  if (id !== undefined && !known.some((each) => each.id === id)) {
    throw badRequest(`${path}: ${location.name} has no ${kind} ${id}.`);
  }
}
