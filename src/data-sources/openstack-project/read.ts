/** `data.ksvla_openstack_project`: an OpenStack project, and what an SVM in it can use. */
import type { Infrastructure, Location } from "../../integration-server";
import type { Client } from "../../resources/shared/client";
import { isOpenstackType } from "../../resources/shared/schema/infrastructure-types";
import { dataSource } from "../../terraform";
import { connectedInfrastructure, requireKind } from "../shared/connected-infrastructure";
import { findByName, notFound } from "../shared/find";
import { IdsByName } from "../shared/ids-by-name";
import { listLocations, locationById } from "../shared/locations";
import { flavorState } from "../shared/objects-state";
import { openstackProjectSchema } from "./schema";

export const openstackProject = dataSource<Client>()({
  schema: openstackProjectSchema,

  async read(request) {
    const { config, warn } = request;
    const infrastructure = await connectedInfrastructure(config, request);
    const openstack = isOpenstackType(infrastructure.type);
    requireKind(infrastructure, openstack, "OpenStack projects", "the data source ksvla_host");
    const place = `the infrastructure ${infrastructure.id}`;
    const locations = await listLocations(infrastructure, ["OpenstackDomain", "OpenstackProject"], request);
    const { domains, projects } = separate(locations, infrastructure);
    const wantedId = config.id ?? findProject(projects, domains, place, config).id;
    const isProject = projects.some((project) => project.id === wantedId);
    const found = isProject ? await locationById(infrastructure, wantedId, request) : undefined;
    if (found === undefined) throw notFound("project", place, `the id "${wantedId}"`, projects, ["id"]);
    const { id, name, parentId, resources } = found;
    const { networks = [], flavors = [], volumeTypes = [], securityGroups = [], serverGroups = [] } = resources ?? {};
    const ids = new IdsByName();
    const outputs = {
      infrastructureId: config.infrastructureId,
      name,
      id,
      domain: domains.find((domain) => domain.id === parentId)?.name ?? null,
      refresh: config.refresh ?? false,
      timeouts: config.timeouts,
      domainId: parentId ?? null,
      networkIds: ids.of("networks", networks),
      flavorIds: ids.of("flavors", flavors),
      volumeTypeIds: ids.of("volume types", volumeTypes),
      securityGroupIds: ids.of("security groups", securityGroups),
      serverGroupIds: ids.of("server groups", serverGroups),
      availabilityZones: resources?.availabilityZones ?? [],
      networks,
      flavors: flavors.map(flavorState),
      volumeTypes,
      securityGroups,
      serverGroups,
    };
    ids.warnAmbiguous(`the project ${name}`, warn);
    return outputs;
  },
});

/** A list has domains and projects side by side; only a domain's parent is the infrastructure itself. */
function separate(locations: readonly Location[], { id }: Infrastructure) {
  const isDomain = ({ parentId }: Location) => parentId === id;
  return {
    domains: locations.filter(isDomain),
    projects: locations.filter((location) => !isDomain(location)),
  };
}

function findProject(
  projects: readonly Location[],
  domains: readonly Location[],
  place: string,
  { name, domain }: { readonly name: string | null; readonly domain: string | null },
): Location {
  const search = { thing: "project", name: name ?? "", describe: inDomain(domains) };
  if (domain === null) {
    const whenAmbiguous = "Set domain beside name, or id instead of name.";
    return findByName(projects, { ...search, place, whenAmbiguous });
  }
  const parents = domains.filter((each) => each.name === domain).map(({ id }) => id);
  if (parents.length === 0) throw notFound("domain", place, `the name "${domain}"`, domains, ["domain"]);
  const inside = projects.filter(({ parentId }) => parentId !== undefined && parents.includes(parentId));
  const whenAmbiguous = "Set id to one of them instead of name.";
  return findByName(inside, { ...search, place: `the domain "${domain}" of ${place}`, whenAmbiguous });
}

/** A project's id and domain. */
function inDomain(domains: readonly Location[]): (project: Location) => string {
  return ({ id, parentId }) => {
    const domain = domains.find((each) => each.id === parentId);
    return domain === undefined ? id : `${id} in the domain "${domain.name}"`;
  };
}
