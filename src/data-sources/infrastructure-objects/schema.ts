/** What there is in an infrastructure, as Terraform sees it. */
import { bool, computed, nestedList, optional, schema, set, string, timeouts } from "../../terraform/schema";
import { notEmpty } from "../../validators";
import { availabilityZones, flavors, infrastructureId, named, refresh, storages } from "../shared/schema";

export const infrastructureObjectsSchema = schema({
  description:
    "Hypervisors or OpenStack domains and projects, virtual machines and SVMs of an infrastructure. Full information about everything takes long in a large infrastructure: to find one hypervisor or project, `ksvla_host` and `ksvla_openstack_project` are faster. What there are several of is in the order of names.",
  attributes: {
    infrastructureId: infrastructureId(),
    types: optional(set(string({ oneOf: ["Host", "VM", "SVM", "OpenstackDomain", "OpenstackProject"] })), {
      description:
        "Which objects: `Host` (hypervisors; not for OpenStack), `OpenstackDomain`, `OpenstackProject` (for OpenStack only), `VM`, `SVM`. Default: hypervisors; for OpenStack, domains and projects.",
      validate: [(types) => (types.length === 0 ? "must name at least one type or be left out, got: []" : undefined)],
    }),
    detailed: optional(bool(), {
      description:
        "Full information, such as networks and storages, instead of ids, names and states. Slow in large infrastructures. Default: false.",
      default: false,
    }),
    parentId: optional(string(), {
      description:
        "Only objects inside this one: the id of a hypervisor, domain or project, or of the infrastructure itself.",
      validate: [notEmpty],
    }),
    refresh: refresh(),
    timeouts: timeouts({ read: "5m" }),
    locations: computed(
      nestedList({
        id: computed(string(), { description: "Its id." }),
        name: computed(string(), { description: "Its name." }),
        parentId: computed(string(), { description: "The id of the infrastructure, or of a project's domain." }),
        state: computed(string(), { description: "A hypervisor's state, such as `Started`." }),
        networks: named("The networks that an SVM can use there."),
        storages: storages(),
        volumeTypes: named("A project's volume types."),
        securityGroups: named("A project's security groups."),
        serverGroups: named("A project's server groups."),
        flavors: flavors(),
        availabilityZones: availabilityZones(),
      }),
      {
        description: "Hypervisors, domains and projects. What is inside them is null unless `detailed`.",
      },
    ),
    vms: computed(
      nestedList({
        id: computed(string(), { description: "Its id." }),
        name: computed(string(), { description: "Its name." }),
        parentId: computed(string(), { description: "The id of its hypervisor or project." }),
        state: computed(string(), { description: "Its state, such as `Enabled`." }),
        isSvm: computed(bool(), { description: "True for an SVM." }),
        svmVersion: computed(string(), { description: "An SVM's version." }),
        networkAdapters: computed(
          nestedList({
            id: computed(string(), { description: "The id of its network." }),
            name: computed(string(), { description: "The name of its network." }),
            securityGroups: named("Its security groups, in OpenStack."),
          }),
          { description: "Its network adapters." },
        ),
      }),
      { description: "Virtual machines and SVMs." },
    ),
  },
});
