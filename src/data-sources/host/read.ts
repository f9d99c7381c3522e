/** `data.ksvla_host`: a hypervisor, and what an SVM on it can use. */
import type { Location, Sight } from "../../integration-server";
import type { Client } from "../../resources/shared/client";
import { lookUp, requireKind, type View } from "../../resources/shared/look-up";
import { isOpenstackType } from "../../resources/shared/schema/infrastructure-types";
import { type Config, dataSource } from "../../terraform";
import { findAll, findByName, notFound } from "../shared/find";
import { IdsByName } from "../shared/ids-by-name";
import { inNameOrder, storageState } from "../shared/objects-state";
import { hostSchema } from "./schema";

type HostConfig = Config<(typeof hostSchema)["attributes"]>;

export const host = dataSource<Client>()({
  schema: hostSchema,

  async read(request) {
    const { config, warn } = request;
    const { id, name, state, resources } = await lookUp(config, request, (view) => find(view, config));
    const networks = inNameOrder(resources?.networks ?? []);
    const storages = inNameOrder(resources?.storages ?? []);
    const ids = new IdsByName();
    const outputs = {
      infrastructureId: config.infrastructureId,
      name,
      id,
      require: config.require,
      refresh: config.refresh ?? false,
      timeouts: config.timeouts,
      state: state ?? null,
      networkIds: ids.of("networks", networks),
      storageIds: ids.of("storages", storages),
      networks,
      storages: storages.map(storageState),
    };
    if (config.require === null) ids.warnAmbiguous(`the hypervisor ${name}`, warn);
    return outputs;
  },
});

/** The hypervisor, if it has what is required of it. */
async function find(view: View, config: HostConfig): Promise<Sight<Location>> {
  const { infrastructure } = view;
  const openstack = isOpenstackType(infrastructure.type);
  requireKind(
    infrastructure,
    !openstack,
    "hypervisors",
    "the data source ksvla_openstack_project (OpenStackProject in CDKTF; for an SVM, openstack, or project and flavor)",
  );
  const isRefreshed = config.refresh ?? false;
  const scope = { thing: "hypervisor", place: view.name, isRefreshed };
  const hypervisors = () => view.all(["Host"]);
  let wantedId = config.id;
  if (wantedId === null) {
    const whenAmbiguous = "Set id to one of them instead of name, in a fleet as host: { id: … }.";
    const name = config.name ?? "";
    const sight = findByName({ ...scope, objects: await hypervisors(), path: ["name"], name, whenAmbiguous });
    if ("problem" in sight) return sight;
    wantedId = sight.found.id;
  }
  const found = await view.one(["Host"], wantedId);
  if (found === undefined) {
    return { problem: notFound({ ...scope, objects: await hypervisors(), path: ["id"] }, "id", wantedId) };
  }
  const place = `the hypervisor ${found.name}`;
  const { networks = [], storages = [] } = found.resources ?? {};
  const required = findAll([
    {
      thing: "network",
      place,
      objects: networks,
      path: ["require", "networks"],
      names: config.require?.networks,
      isRefreshed,
    },
    {
      thing: "storage",
      place,
      objects: storages,
      path: ["require", "storages"],
      names: config.require?.storages,
      isRefreshed,
    },
  ]);
  return "problem" in required ? required : { found };
}
