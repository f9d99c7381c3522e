/** What an OpenStack project consists of, as Terraform sees it. */
import {
  computed,
  isUnknown,
  nested,
  optional,
  optionalComputed,
  schema,
  string,
  timeouts,
} from "../../terraform/schema";
import { notEmpty } from "../../validators";
import {
  availabilityZones,
  exactlyOneOfNameAndId,
  flavors,
  idsOf,
  infrastructureId,
  named,
  nameOrId,
  REQUIRE,
  refresh,
  requiredNames,
} from "../shared/schema";

export const openstackProjectSchema = schema({
  description:
    "An OpenStack project by name or id, with the ids of what an SVM in it can use by name. For other infrastructures, use `ksvla_host`. What there are several of is in the order of names.",
  attributes: {
    infrastructureId: infrastructureId(),
    ...nameOrId("project"),
    domain: optionalComputed(string(), {
      description:
        "The name of the project's domain. Set it beside `name` where several domains have a project of that name.",
      validate: [notEmpty],
    }),
    require: optional(
      nested({
        networks: requiredNames("networks"),
        flavors: requiredNames("flavors"),
        volumeTypes: requiredNames("volume types"),
        securityGroups: requiredNames("security groups"),
        serverGroups: requiredNames("server groups"),
        availabilityZones: requiredNames("availability zones"),
      }),
      { description: REQUIRE },
    ),
    refresh: refresh(),
    timeouts: timeouts({ read: "5m" }),
    domainId: computed(string(), { description: "The id of the project's domain." }),
    networkIds: idsOf("networks"),
    flavorIds: idsOf("flavors"),
    volumeTypeIds: idsOf("volume types"),
    securityGroupIds: idsOf("security groups"),
    serverGroupIds: idsOf("server groups"),
    availabilityZones: availabilityZones(),
    networks: named("The networks that an SVM in this project can use."),
    flavors: flavors(),
    volumeTypes: named("The volume types that an SVM in this project can use."),
    securityGroups: named("The security groups that an SVM's network adapters can belong to."),
    serverGroups: named("The server groups that an SVM can belong to."),
  },
  rules: [
    exactlyOneOfNameAndId,
    function* ({ id, domain }) {
      if (id === null || isUnknown(id) || domain === null || isUnknown(domain)) return;
      yield { path: ["domain"], message: "An id needs no domain: remove domain, or set name instead of id." };
    },
  ],
});
