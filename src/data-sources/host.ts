/** `data.ksvla_host`: a hypervisor, and what an SVM on it can use. */
import { computed, isUnknown, optionalComputed, type Problem, schema, string, timeouts } from "../terraform";
import { notEmpty } from "../validators";
import { idsByName, infrastructureId, named, refresh, storages } from "./arguments";

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
    networkIds: idsByName("networks"),
    storageIds: idsByName("storages"),
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
