/** `ksvla_infrastructure`: the Integration Server's connection to a virtual infrastructure. */
import { computed, isUnknown, optional, type Problem, required, schema, string, timeouts } from "../terraform";
import { hostAddress } from "../validators";
import { ADMIN_DESCRIPTION, account, domainProblems, READ_ONLY_DESCRIPTION, replacesConnection } from "./accounts";
import { connectionAttributes } from "./connection-attributes";
import { ADDRESS_DESCRIPTION, openstackSettings } from "./infrastructure-arguments";
import { describeTypes, infrastructureType, infrastructureTypes } from "./infrastructure-types";

export const infrastructureSchema = schema({
  description:
    "The connection of the Integration Server to a virtual infrastructure. Creating it waits until every account, and every OpenStack microservice, is connected. The API documents no way to change a connection: another type, address, account or password version replaces it. Destroy the SVMs of an infrastructure before its connection.",
  attributes: {
    type: required(string({ oneOf: infrastructureTypes }), {
      description: `The kind of virtual infrastructure: ${describeTypes(infrastructureTypes)}. Changing it replaces the connection.`,
      requiresReplace: true,
    }),
    address: required(string(), {
      description: `${ADDRESS_DESCRIPTION} For XenServer and Numa vServer only the primary server of a pool can be connected. Changing it replaces the connection.`,
      validate: [hostAddress],
      requiresReplace: true,
    }),
    admin: required(account(), { description: ADMIN_DESCRIPTION, requiresReplace: replacesConnection }),
    openstack: optional(openstackSettings(), {
      description: "How Keystone is reached. Required for the OpenStack types, not allowed for others.",
      unreadable: true,
    }),
    readOnly: optional(account(), {
      description: `${READ_ONLY_DESCRIPTION} Adding or removing it replaces the connection.`,
      requiresReplace: replacesConnection,
    }),
    timeouts: timeouts({ create: "10m" }),
    id: computed(string(), {
      description: "The id that the Integration Server gave the infrastructure. Also the import id.",
      useStateForUnknown: true,
    }),
    ...connectionAttributes,
  },
  rules: [
    function* ({ type, openstack, admin, readOnly }): Iterable<Problem> {
      if (type === null || isUnknown(type) || !infrastructureTypes.includes(type)) return;
      if (infrastructureType(type).openstack) {
        if (openstack === null) {
          const message = `The type ${type} needs openstack = { protocol = "https" } (or "http"), the protocol of its Keystone microservice.`;
          yield { path: ["openstack"], message };
        }
      } else if (openstack !== null && !isUnknown(openstack)) {
        yield {
          path: ["openstack"],
          message: `Only OpenStack types have openstack settings, got: type ${type}. Remove openstack.`,
        };
      }
      yield* domainProblems(type, { admin, readOnly });
    },
  ],
});
