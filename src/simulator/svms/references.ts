/** Holds the ids in a request about SVMs against what there is. */
import type { ApiContext } from "../http/api";
import { badRequest } from "../http/api-error";
import { microserviceStates, platformAt } from "../world/connections";
import type { RegisteredImage } from "../world/images";
import type { Infrastructure } from "../world/infrastructure";
import { infrastructureState } from "../world/infrastructures";
import { knownPlatform } from "../world/looks";
import type { Host, NamedObject, OpenstackProject, Platform } from "../world/platforms";
import type { AdapterSettings, Placement } from "../world/svm-settings";
import type { DeploymentRequest, LocationType, ReconfigurationRequest, RemovalRequest, SvmItem } from "./request";

/** @throws ApiError 400 that names the SVM and the id that is wrong, here and below */
export function checkDeployment(request: DeploymentRequest, context: ApiContext): RegisteredImage {
  const image = context.world.images.get(request.image.id);
  if (image === undefined) {
    throw badRequest(`body.image.id: there is no image ${request.image.id}.`);
  }
  const locations = new Locations(context, request.locationType);
  for (const item of request.svms) {
    const { infrastructure, location } = locations.find(item);
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
  const locations = new Locations(context, request.locationType);
  for (const item of request.svms) {
    const { location } = locations.find(item);
    checkAdapters(item.changes.adapters ?? [], location, item.path);
  }
}

export function checkRemoval(request: RemovalRequest, context: ApiContext): void {
  const locations = new Locations(context, request.locationType);
  for (const item of request.svms) {
    locations.find(item);
  }
}

type Location = Host | OpenstackProject;

/** Where the SVMs of one request are; each platform is looked at once. */
class Locations {
  readonly #platforms = new Map<string, Platform>();

  constructor(
    private readonly context: ApiContext,
    private readonly type: LocationType,
  ) {}

  find({ path, infrastructureId, locationId }: SvmItem): {
    readonly infrastructure: Infrastructure;
    readonly location: Location;
  } {
    const target = `${path}.deploymentInfo.target`;
    const infrastructure = this.context.world.infrastructures.get(infrastructureId);
    if (infrastructure === undefined) {
      throw badRequest(`${target}.infrastructureId: there is no infrastructure ${infrastructureId}.`);
    }
    const platform = this.#platform(infrastructure, `${target}.infrastructureId`);
    const expected = platform.kind === "hypervisor" ? "host" : "openstackProject";
    if (this.type !== expected) {
      throw badRequest(
        `${path}.deploymentInfo.type must be ${expected} for ${infrastructure.type}, got: ${this.type}.`,
      );
    }
    const locations: readonly Location[] = platform.kind === "hypervisor" ? platform.hosts : platform.projects;
    const location = locations.find((each) => each.id === locationId);
    if (location === undefined) {
      const kind = platform.kind === "hypervisor" ? "hypervisor" : "project";
      throw badRequest(`${target}.location.id: infrastructure ${infrastructureId} has no ${kind} ${locationId}.`);
    }
    return { infrastructure, location };
  }

  #platform(infrastructure: Infrastructure, path: string): Platform {
    const platform = this.#platforms.get(infrastructure.id) ?? connectedPlatform(infrastructure, this.context, path);
    this.#platforms.set(infrastructure.id, platform);
    return platform;
  }
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
  // An account that never had the rights has shown nothing yet, but may look.
  const platform = knownPlatform(world, clock, infrastructure) ?? platformAt(world, infrastructure);
  if (platform === undefined) {
    throw new TypeError(`${infrastructure.address} is connected, but nothing is there.`);
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
