/** `data.ksvla_openstack_project`: an OpenStack project, and what an SVM in it can use. */
import { computed, isUnknown, optionalComputed, schema, string, timeouts } from "../terraform";
import { notEmpty } from "../validators";
import { availabilityZones, flavors, idsByName, infrastructureId, named, refresh } from "./arguments";
import { exactlyOneOfNameAndId } from "./host";

export const openstackProjectSchema = schema({
  description:
    "An OpenStack project by name or id, with the ids of what an SVM in it can use by name. For other infrastructures, use `ksvla_host`.",
  attributes: {
    infrastructureId: infrastructureId(),
    name: optionalComputed(string(), {
      description: "The project's name, exactly as the infrastructure reports it. Set either this or `id`.",
      validate: [notEmpty],
    }),
    id: optionalComputed(string(), {
      description: "The project's id. Set either this or `name`.",
      validate: [notEmpty],
    }),
    domain: optionalComputed(string(), {
      description:
        "The name of the project's domain. Set it beside `name` where several domains have a project of that name.",
      validate: [notEmpty],
    }),
    refresh: refresh(),
    timeouts: timeouts({ read: "5m" }),
    domainId: computed(string(), { description: "The id of the project's domain." }),
    networkIds: idsByName("networks"),
    flavorIds: idsByName("flavors"),
    volumeTypeIds: idsByName("volume types"),
    securityGroupIds: idsByName("security groups"),
    serverGroupIds: idsByName("server groups"),
    availabilityZones: availabilityZones(),
    networks: named("The networks that an SVM in this project can use."),
    flavors: flavors(),
    volumeTypes: named("The volume types that an SVM in this project can use."),
    securityGroups: named("The security groups that an SVM's network adapters can belong to."),
    serverGroups: named("The server groups that an SVM can belong to."),
  },
  rules: [
    ({ name, id }) => exactlyOneOfNameAndId({ name, id }),
    function* ({ id, domain }) {
      if (id === null || isUnknown(id) || domain === null || isUnknown(domain)) return;
      yield { path: ["domain"], message: "An id needs no domain: remove domain, or set name instead of id." };
    },
  ],
});
