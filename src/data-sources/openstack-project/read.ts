/** `data.ksvla_openstack_project`: an OpenStack project, and what an SVM in it can use. */
import type { Infrastructure, Location, NamedObject, ObjectType, Sight } from "../../integration-server";
import { isSameId } from "../../integration-server/ids";
import type { Client } from "../../resources/shared/client";
import { lookUp, requireKind, type View } from "../../resources/shared/look-up";
import { isOpenstackType } from "../../resources/shared/schema/infrastructure-types";
import { type Config, dataSource } from "../../terraform";
import { findAll, findByName, notFound } from "../shared/find";
import { IdsByName } from "../shared/ids-by-name";
import { flavorState, inNameOrder } from "../shared/objects-state";
import { openstackProjectSchema } from "./schema";

type ProjectConfig = Config<(typeof openstackProjectSchema)["attributes"]>;

interface Project extends Location {
  /** Undefined where the infrastructure does not say. */
  readonly domain: Location | undefined;
}

const TYPES: readonly ObjectType[] = ["OpenstackDomain", "OpenstackProject"];

export const openstackProject = dataSource<Client>()({
  schema: openstackProjectSchema,

  async read(request) {
    const { config, warn } = request;
    const project = await lookUp(config, request, (view) => find(view, config));
    const { id, name, parentId, domain, resources } = project;
    const { networks = [], flavors = [], volumeTypes = [], securityGroups = [], serverGroups = [] } = resources ?? {};
    const ids = new IdsByName();
    const outputs = {
      infrastructureId: config.infrastructureId,
      name,
      id: config.id ?? id,
      domain: domain?.name ?? null,
      require: config.require,
      refresh: config.refresh ?? false,
      timeouts: config.timeouts,
      domainId: parentId ?? null,
      networkIds: ids.of("networks", networks),
      flavorIds: ids.of("flavors", flavors),
      volumeTypeIds: ids.of("volume types", volumeTypes),
      securityGroupIds: ids.of("security groups", securityGroups),
      serverGroupIds: ids.of("server groups", serverGroups),
      availabilityZones: [...(resources?.availabilityZones ?? [])].sort(),
      networks: inNameOrder(networks),
      flavors: inNameOrder(flavors).map(flavorState),
      volumeTypes: inNameOrder(volumeTypes),
      securityGroups: inNameOrder(securityGroups),
      serverGroups: inNameOrder(serverGroups),
    };
    if (config.require === null) ids.warnAmbiguous(`the project ${name}`, warn);
    return outputs;
  },
});

/** The project, if it has what is required of it. */
async function find(view: View, config: ProjectConfig): Promise<Sight<Project>> {
  const { infrastructure } = view;
  requireKind(
    infrastructure,
    isOpenstackType(infrastructure.type),
    "OpenStack projects",
    "the data source ksvla_host (Host in CDKTF; for an SVM, host, or host and storage)",
  );
  const { domains, projects } = separate(await view.all(TYPES), infrastructure);
  const sight = findProject(view, projects, domains, config);
  if ("problem" in sight) return sight;
  const { id } = sight.found;
  const found = await view.one(TYPES, id);
  if (found === undefined) return { problem: noSuchId(view, projects, config, id) };
  const required = findAll(requirements(found, config));
  if ("problem" in required) return required;
  return { found: { ...found, domain: domains.find((domain) => isSameId(domain.id, found.parentId)) } };
}

/** A list has domains and projects side by side; only a domain's parent is the infrastructure itself. */
function separate(locations: readonly Location[], { id }: Infrastructure) {
  const isDomain = ({ parentId }: Location) => isSameId(parentId, id);
  return {
    domains: locations.filter(isDomain),
    projects: locations.filter((location) => !isDomain(location)),
  };
}

function findProject(
  view: View,
  projects: readonly Location[],
  domains: readonly Location[],
  config: ProjectConfig,
): Sight<Location> {
  const { id, name, domain, refresh } = config;
  if (id !== null) {
    const found = projects.find((project) => isSameId(project.id, id));
    return found === undefined ? { problem: noSuchId(view, projects, config, id) } : { found };
  }
  const scope = { place: view.name, isRefreshed: refresh ?? false };
  const search = { ...scope, thing: "project", name: name ?? "", path: ["name"], describe: inDomain(domains) };
  if (domain === null) {
    const whenAmbiguous = "Set domain beside name, or id instead of name, in a fleet as project: { id: … }.";
    return findByName({ ...search, objects: projects, whenAmbiguous });
  }
  const parents = domains.filter((each) => each.name === domain).map(({ id }) => id);
  if (parents.length === 0) {
    return { problem: notFound({ ...scope, thing: "domain", objects: domains, path: ["domain"] }, "name", domain) };
  }
  const objects = projects.filter(({ parentId }) => parentId !== undefined && parents.includes(parentId));
  const whenAmbiguous = "Set id to one of them instead of name, in a fleet as project: { id: … }.";
  return findByName({ ...search, place: `the domain "${domain}" of ${view.name}`, objects, whenAmbiguous });
}

function noSuchId({ name: place }: View, projects: readonly Location[], { refresh }: ProjectConfig, id: string) {
  return notFound(
    { thing: "project", place, objects: projects, path: ["id"], isRefreshed: refresh ?? false },
    "id",
    id,
  );
}

function requirements({ name, resources }: Location, { require, refresh }: ProjectConfig) {
  const one = (thing: string, key: keyof NonNullable<typeof require>, objects: readonly NamedObject[] = []) => ({
    thing,
    place: `the project ${name}`,
    objects,
    path: ["require", key],
    names: require?.[key],
    isRefreshed: refresh ?? false,
  });
  // An availability zone has nothing but its name.
  const zones = resources?.availabilityZones.map((zone) => ({ id: zone, name: zone }));
  return [
    one("network", "networks", resources?.networks),
    one("flavor", "flavors", resources?.flavors),
    one("volume type", "volumeTypes", resources?.volumeTypes),
    one("security group", "securityGroups", resources?.securityGroups),
    one("server group", "serverGroups", resources?.serverGroups),
    one("availability zone", "availabilityZones", zones),
  ];
}

/** A project's id and domain. */
function inDomain(domains: readonly Location[]): (project: Location) => string {
  return ({ id, parentId }) => {
    const domain = domains.find((each) => isSameId(each.id, parentId));
    return domain === undefined ? id : `${id} in the domain "${domain.name}"`;
  };
}
