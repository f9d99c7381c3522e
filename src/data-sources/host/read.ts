/** `data.ksvla_host`: a hypervisor, and what an SVM on it can use. */
import type { IntegrationServer } from "../../integration-server";
import { isOpenstackType } from "../../resources/shared/schema/infrastructure-types";
import {
  computed,
  dataSource,
  isUnknown,
  optionalComputed,
  type Problem,
  schema,
  string,
  timeouts,
} from "../../terraform";
import { notEmpty } from "../../validators";
import { connectedInfrastructure, requireKind } from "../shared/connected-infrastructure";
import { findByName, notFound } from "../shared/find";
import { IdsByName } from "../shared/ids-by-name";
import { listLocations, locationById } from "../shared/locations";
import { storageState } from "../shared/objects-state";
import { idsOf, infrastructureId, named, refresh, storages } from "../shared/schema";

export const hostSchema = schema({
  description:
    "A hypervisor by name or id, with the ids of its networks and storages by name. For OpenStack, use `ksvla_openstack_project`.",
  attributes: {
    infrastructureId: infrastructureId(),
    name: optionalComputed(string(), {
      description: "The hypervisor's name, exactly as the infrastructure reports it. Set either this or `id`.",
      validate: [notEmpty],
    }),
    id: optionalComputed(string(), {
      description: "The hypervisor's id. Set either this or `name`.",
      validate: [notEmpty],
    }),
    refresh: refresh(),
    timeouts: timeouts({ read: "5m" }),
    state: computed(string(), { description: "The hypervisor's state, such as `Started`." }),
    networkIds: idsOf("networks"),
    storageIds: idsOf("storages"),
    networks: named("The networks that an SVM on this hypervisor can use."),
    storages: storages(),
  },
  rules: [({ name, id }) => exactlyOneOfNameAndId({ name, id })],
});

/** A look-up is by name or by id. */
export function* exactlyOneOfNameAndId(config: { readonly name: unknown; readonly id: unknown }): Iterable<Problem> {
  if (isUnknown(config.name) || isUnknown(config.id)) return;
  if (config.name === null && config.id === null) {
    yield { path: ["name"], message: "Set either name or id: one of them is needed to find the object." };
  }
  if (config.name !== null && config.id !== null) {
    yield { path: ["id"], message: "Set either name or id, not both." };
  }
}

export const host = dataSource<IntegrationServer>()({
  schema: hostSchema,

  async read(request) {
    const { config, warn } = request;
    const infrastructure = await connectedInfrastructure(config, request);
    const openstack = isOpenstackType(infrastructure.type);
    requireKind(infrastructure, !openstack, "hypervisors", "the data source ksvla_openstack_project");
    const place = `the infrastructure ${infrastructure.id}`;
    const hypervisors = () => listLocations(infrastructure, ["Host"], request);
    const wantedId =
      config.id ??
      findByName(await hypervisors(), {
        thing: "hypervisor",
        place,
        name: config.name ?? "",
        whenAmbiguous: "Set id to one of them instead of name.",
      }).id;
    const found = await locationById(infrastructure, wantedId, request);
    if (found === undefined) throw notFound("hypervisor", place, `the id "${wantedId}"`, await hypervisors(), ["id"]);
    const { id, name, state, resources } = found;
    const networks = resources?.networks ?? [];
    const storages = resources?.storages ?? [];
    const ids = new IdsByName();
    const outputs = {
      infrastructureId: config.infrastructureId,
      name,
      id,
      refresh: config.refresh ?? false,
      timeouts: config.timeouts,
      state: state ?? null,
      networkIds: ids.of("networks", networks),
      storageIds: ids.of("storages", storages),
      networks,
      storages: storages.map(storageState),
    };
    ids.warnAmbiguous(`the hypervisor ${name}`, warn);
    return outputs;
  },
});
