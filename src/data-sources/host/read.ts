/** `data.ksvla_host`: a hypervisor, and what an SVM on it can use. */
import type { Client } from "../../resources/shared/client";
import { isOpenstackType } from "../../resources/shared/schema/infrastructure-types";
import { dataSource } from "../../terraform";
import { connectedInfrastructure, requireKind } from "../shared/connected-infrastructure";
import { findByName, notFound } from "../shared/find";
import { IdsByName } from "../shared/ids-by-name";
import { listLocations, locationById } from "../shared/locations";
import { storageState } from "../shared/objects-state";
import { hostSchema } from "./schema";

export const host = dataSource<Client>()({
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
