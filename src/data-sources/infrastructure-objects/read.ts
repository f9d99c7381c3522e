/** `data.ksvla_infrastructure_objects`: what there is in an infrastructure. */
import type { Infrastructure, Location, ObjectType, VirtualMachine } from "../../integration-server";
import type { Client } from "../../resources/shared/client";
import { lookUp, requireKind } from "../../resources/shared/look-up";
import { isOpenstackType } from "../../resources/shared/schema/infrastructure-types";
import { warnOfUnidentified } from "../../resources/shared/unidentified";
import { dataSource } from "../../terraform";
import { flavorState, inNameOrder, storageState } from "../shared/objects-state";
import { infrastructureObjectsSchema } from "./schema";

export const infrastructureObjects = dataSource<Client>()({
  schema: infrastructureObjectsSchema,

  async read(request) {
    const { config } = request;
    const { types, detailed, parentId } = config;
    const { locations, vms, unidentified } = await lookUp(config, request, async (view) => {
      requireTypes(view.infrastructure, types ?? []);
      const query = { types: types ?? undefined, detailed: detailed ?? false, parentId: parentId ?? undefined };
      return { found: await view.objects(query) };
    });
    warnOfUnidentified(request.client.server.names.infrastructure(config.infrastructureId), unidentified, request);
    return {
      ...config,
      detailed: detailed ?? false,
      refresh: config.refresh ?? false,
      locations: inNameOrder(locations).map(locationState),
      vms: inNameOrder(vms).map((vm) => vmState(vm, detailed ?? false)),
    };
  },
});

function requireTypes(infrastructure: Infrastructure, types: readonly ObjectType[]): void {
  const openstack = isOpenstackType(infrastructure.type);
  const projects = types.some((type) => type === "OpenstackDomain" || type === "OpenstackProject");
  requireKind(
    infrastructure,
    !openstack || !types.includes("Host"),
    "hypervisors",
    "the types OpenstackDomain and OpenstackProject",
  );
  requireKind(infrastructure, openstack || !projects, "OpenStack domains and projects", "the type Host");
}

function locationState({ id, name, parentId, state, resources }: Location) {
  return {
    id,
    name,
    parentId: parentId ?? null,
    state: state ?? null,
    networks: resources ? inNameOrder(resources.networks) : null,
    storages: resources ? inNameOrder(resources.storages).map(storageState) : null,
    volumeTypes: resources ? inNameOrder(resources.volumeTypes) : null,
    securityGroups: resources ? inNameOrder(resources.securityGroups) : null,
    serverGroups: resources ? inNameOrder(resources.serverGroups) : null,
    flavors: resources ? inNameOrder(resources.flavors).map(flavorState) : null,
    availabilityZones: resources ? [...resources.availabilityZones].sort() : null,
  };
}

function vmState({ id, name, parentId, state, isSvm, svmVersion, networkAdapters }: VirtualMachine, detailed: boolean) {
  return {
    id,
    name,
    parentId: parentId ?? null,
    state: state ?? null,
    isSvm,
    svmVersion: svmVersion ?? null,
    networkAdapters: detailed ? inNameOrder(networkAdapters) : null,
  };
}
