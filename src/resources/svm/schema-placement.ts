/** Where an SVM runs and which networks it has: on a hypervisor, or in an OpenStack project. */
import {
  bool,
  isUnknown,
  list,
  nested,
  nestedList,
  number,
  optional,
  required,
  set,
  string,
  type Unknown,
} from "../../terraform/schema";
import { atLeastOne, eachText, ipv4Address, notEmpty, subnetMask, vlanNumber } from "../../validators";

const REPLACES = "Changing it replaces the SVM.";
const STATIC = "A fixed IPv4 address, which also needs `dns`. Default: DHCP.";

/** An id that only apply will know is not another one: look-ups are deferred when the connection is replaced. */
function replacesWhenKnown({ planned }: { readonly planned: unknown }): boolean {
  return !isUnknown(planned);
}

/** The switch between hypervisor and project; what changes inside of one, its own attributes say. */
function replacesPlacement({
  prior,
  planned,
}: {
  readonly prior: object | null;
  readonly planned: object | null | Unknown;
}) {
  return !isUnknown(planned) && (prior === null) !== (planned === null);
}

const networkId = (where: string) =>
  required(string(), {
    description: `The network's id, as ${where} lists it.`,
    ignoresCase: true,
    validate: [notEmpty],
  });

const primary = (what: string) =>
  optional(bool(), {
    description: `Whether this is the primary ${what}. Exactly one is; a single one need not say so.`,
  });

const vlanId = () =>
  optional(number(), {
    description: "The VLAN's id, from 0 to 4094. Used on Microsoft Hyper-V and OpenStack. Default: none.",
    validate: [vlanNumber],
  });

const mask = () =>
  required(string(), {
    description: "The subnet mask, such as `255.255.255.0`.",
    validate: [subnetMask],
  });

const gateway = () =>
  required(string(), { description: "The default gateway's IPv4 address.", validate: [ipv4Address] });

const hostNetwork = {
  id: networkId("the hypervisor"),
  primary: primary("network"),
  vlanId: vlanId(),
  static: optional(
    nested({
      address: required(string(), { description: "The SVM's IPv4 address.", validate: [ipv4Address] }),
      mask: mask(),
      gateway: gateway(),
    }),
    { description: STATIC },
  ),
};

const openstackPort = {
  primary: primary("port of all networks"),
  vlanId: vlanId(),
  static: optional(
    nested({
      addresses: required(list(string()), {
        description: "The port's IPv4 addresses, at least one.",
        validate: [atLeastOne, eachText(ipv4Address)],
      }),
      mask: mask(),
      gateway: gateway(),
    }),
    { description: STATIC },
  ),
  portSecurityEnabled: optional(bool(), {
    description:
      "Whether port security is on. Must be true where `security_group_ids` is set. Default: OpenStack decides.",
  }),
  securityGroupIds: optional(set(string()), {
    description: "The ids of the port's security groups, at least one where set. Default: OpenStack decides.",
    ignoresCase: true,
    validate: [atLeastOne, eachText(notEmpty)],
  }),
};

/** `host = { … }` */
export const hostPlacement = () =>
  optional(
    nested({
      id: required(string(), {
        description: `The hypervisor's id. ${REPLACES}`,
        ignoresCase: true,
        validate: [notEmpty],
        requiresReplace: replacesWhenKnown,
      }),
      storageId: required(string(), {
        description: `The id of the hypervisor's storage that holds the SVM's disks. ${REPLACES}`,
        ignoresCase: true,
        validate: [notEmpty],
        requiresReplace: replacesWhenKnown,
        unreadable: true,
      }),
      networks: required(nestedList(hostNetwork), {
        description:
          "The networks that the SVM uses to reach Light Agents, the Integration Server and Kaspersky Security Center, at least one. Changing them reconfigures the SVM.",
        validate: [atLeastOne],
      }),
    }),
    {
      description: "The hypervisor to run on. Exactly one of `host` and `openstack` is needed.",
      requiresReplace: replacesPlacement,
    },
  );

/** `openstack = { … }` */
export const openstackPlacement = () =>
  optional(
    nested({
      projectId: required(string(), {
        description: `The project's id. ${REPLACES}`,
        ignoresCase: true,
        validate: [notEmpty],
        requiresReplace: replacesWhenKnown,
      }),
      flavorId: required(string(), {
        description: `The id of the instance type (flavor), which has to suit the SVM's version. ${REPLACES}`,
        ignoresCase: true,
        validate: [notEmpty],
        requiresReplace: replacesWhenKnown,
        unreadable: true,
      }),
      volumeTypeId: optional(string(), {
        description: `The volume type's id. ${REPLACES} Default: OpenStack decides.`,
        ignoresCase: true,
        validate: [notEmpty],
        requiresReplace: replacesWhenKnown,
      }),
      availabilityZone: optional(string(), {
        description: `The availability zone's name. ${REPLACES} Default: OpenStack decides.`,
        validate: [notEmpty],
        requiresReplace: replacesWhenKnown,
      }),
      serverGroupId: optional(string(), {
        description: `The server group's id. ${REPLACES} Default: none.`,
        ignoresCase: true,
        validate: [notEmpty],
        requiresReplace: replacesWhenKnown,
      }),
      networks: required(
        nestedList({
          id: networkId("the project"),
          ports: required(nestedList(openstackPort), {
            description: "The SVM's network adapters in this network, at least one.",
            validate: [atLeastOne],
          }),
        }),
        {
          description:
            "The networks that the SVM uses to reach Light Agents, the Integration Server and Kaspersky Security Center, at least one. Changing them reconfigures the SVM.",
          validate: [atLeastOne],
        },
      ),
    }),
    {
      description: "The OpenStack project to run in. Exactly one of `host` and `openstack` is needed.",
      requiresReplace: replacesPlacement,
    },
  );
