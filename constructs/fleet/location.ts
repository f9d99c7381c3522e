/** From the places that users of a fleet name to what the resource takes: ids. */
import { Construct, type IConstruct } from "constructs";
import type { AttributePath } from "../../src/terraform/schema";
import type {
  KsvlaSvmHost,
  KsvlaSvmHostNetworks,
  KsvlaSvmOpenstack,
  KsvlaSvmOpenstackNetworks,
  KsvlaSvmOpenstackNetworksPorts,
} from "../generated/svm";
import { Host } from "../look-ups/host";
import { OpenStackProject } from "../look-ups/openstack-project";
import { textOf } from "../schema/own-reference";
import { toSecretName } from "../schema/secret-names";
import { elementsOf } from "./lists";
import { LookUps, type PlaceContext } from "./look-ups";
import type {
  ById,
  HypervisorPlacement,
  OpenStackPlacement,
  OpenStackSvmNetwork,
  SvmNetwork,
  SvmPlacement,
  SvmPort,
} from "./placement";

/** The attributes of the resource that say where an SVM runs. */
export interface Location {
  readonly host?: KsvlaSvmHost & { readonly networks: readonly KsvlaSvmHostNetworks[] };
  readonly openstack?: KsvlaSvmOpenstack & { readonly networks: readonly Network[] };
}
type Network = KsvlaSvmOpenstackNetworks & { readonly ports: readonly KsvlaSvmOpenstackNetworksPorts[] };

/** Something is looked up only where a name needs it. */
export function toLocation(placement: SvmPlacement, context: PlaceContext): Location {
  return {
    ...(isHypervisor(placement) && { host: toHost(placement, context) }),
    ...(isProject(placement) && { openstack: toOpenstack(placement, context) }),
  };
}

function isHypervisor(placement: SvmPlacement): placement is HypervisorPlacement {
  return placement.host !== undefined;
}

function isProject(placement: SvmPlacement): placement is OpenStackPlacement {
  return placement.project !== undefined;
}

function toHost(placement: HypervisorPlacement, context: PlaceContext) {
  const { host, storage } = placement;
  const known = byId(host, (found) => found.hostId);
  let lookUp = Host.isHost(host) ? host : undefined;
  const found = (): Host => {
    lookUp ??= LookUps.within(context.scope).host(context, known);
    return lookUp;
  };
  return {
    id: typeof known === "string" ? textOf(found(), "id") : known?.id,
    storageId: toId(storage, (name) => found().storageId(name)),
    networks: elementsOf(networksOf(placement), ({ network, ...adapter }: SvmNetwork) => ({
      ...adapter,
      id: toId(network, (name) => found().networkId(name)),
    })),
  };
}

function toOpenstack(placement: OpenStackPlacement, context: PlaceContext) {
  const { project, domain, flavor, volumeType, availabilityZone, serverGroup } = placement;
  const known = byId(project, (found) => found.projectId);
  let lookUp = OpenStackProject.isOpenStackProject(project) ? project : undefined;
  const found = (): OpenStackProject => {
    lookUp ??= LookUps.within(context.scope).project(context, known, typeof known === "string" ? domain : undefined);
    return lookUp;
  };
  const toPort = ({ securityGroups, ...port }: SvmPort) => ({
    ...port,
    ...(securityGroups !== undefined && {
      securityGroupIds: elementsOf(securityGroups, (group) => toId(group, (name) => found().securityGroupId(name))),
    }),
  });
  const location = {
    projectId: typeof known === "string" ? textOf(found(), "id") : known?.id,
    flavorId: toId(flavor, (name) => found().flavorId(name)),
    ...(volumeType !== undefined && { volumeTypeId: toId(volumeType, (name) => found().volumeTypeId(name)) }),
    ...(serverGroup !== undefined && { serverGroupId: toId(serverGroup, (name) => found().serverGroupId(name)) }),
    networks: elementsOf(networksOf(placement), ({ network, ports = [{}], ...rest }: OpenStackSvmNetwork) => ({
      ...rest,
      id: toId(network, (name) => found().networkId(name)),
      ports: elementsOf(ports, toPort),
    })),
  };
  // A zone goes by its name, so that nothing has to be looked up for it alone.
  const zone = availabilityZone !== undefined && lookUp ? lookUp.availabilityZone(availabilityZone) : availabilityZone;
  return { ...location, ...(zone !== undefined && { availabilityZone: zone }) };
}

/** A construct by its id, which a generated data source has, too, or the one that it knows; a name, and an id, stay what they are. */
function byId<C extends IConstruct>(place: string | C | ById, idOf: (construct: C) => string): string | ById {
  if (!Construct.isConstruct(place)) return place;
  return { id: "id" in place ? String(place.id) : idOf(place) };
}

/** The networks, however they are written. */
function networksOf(placement: HypervisorPlacement): readonly SvmNetwork[];
function networksOf(placement: OpenStackPlacement): readonly OpenStackSvmNetwork[];
function networksOf({ network, networks }: SvmPlacement): readonly (SvmNetwork | OpenStackSvmNetwork)[] {
  return networks ?? (network === undefined ? [] : [{ network }]);
}

/** What is not there stays undefined, for validation to find. */
function toId(subject: string | ById, look: (name: string) => string): string {
  return typeof subject === "string" ? look(subject) : subject?.id;
}

const PROPERTY_NAMES: Readonly<Record<string, string>> = {
  storageId: "storage",
  projectId: "project",
  flavorId: "flavor",
  volumeTypeId: "volumeType",
  serverGroupId: "serverGroup",
  securityGroupIds: "securityGroups",
  infrastructureId: "infrastructure",
  imageId: "image",
};

/** Where an attribute of the resource is found in the props of a fleet's SVM. */
export function toPropertyPath(attribute: AttributePath): AttributePath {
  const [first, second] = attribute;
  const inPlacement = (first === "host" || first === "openstack") && second !== undefined;
  if (!inPlacement) return attribute.map(toPropertyName);
  if (second === "id") return ["host"];
  return attribute.slice(1).map((step) => (step === "id" ? "network" : toPropertyName(step)));
}

function toPropertyName(step: AttributePath[number]): AttributePath[number] {
  return typeof step === "string" ? (PROPERTY_NAMES[step] ?? toSecretName(step)) : step;
}
