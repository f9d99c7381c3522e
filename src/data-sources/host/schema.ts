/** What a hypervisor consists of, as Terraform sees it. */
import { computed, nested, optional, schema, string, timeouts } from "../../terraform/schema";
import {
  exactlyOneOfNameAndId,
  idsOf,
  infrastructureId,
  named,
  nameOrId,
  REQUIRE,
  refresh,
  requiredNames,
  storages,
} from "../shared/schema";

export const hostSchema = schema({
  description:
    "A hypervisor by name or id, with the ids of its networks and storages by name. For OpenStack, use `ksvla_openstack_project`. What there are several of is in the order of names.",
  attributes: {
    infrastructureId: infrastructureId(),
    ...nameOrId("hypervisor"),
    require: optional(nested({ networks: requiredNames("networks"), storages: requiredNames("storages") }), {
      description: REQUIRE,
    }),
    refresh: refresh(),
    timeouts: timeouts({ read: "5m" }),
    state: computed(string(), { description: "The hypervisor's state, such as `Started`." }),
    networkIds: idsOf("networks"),
    storageIds: idsOf("storages"),
    networks: named("The networks that an SVM on this hypervisor can use."),
    storages: storages(),
  },
  rules: [exactlyOneOfNameAndId],
});
