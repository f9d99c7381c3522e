/** What a connection to a virtual infrastructure consists of, as Terraform sees it. */
import {
  type Config,
  computed,
  isUnknown,
  optional,
  type Plan,
  type Planned,
  required,
  type State,
  schema,
  string,
  timeouts,
  type Unknown,
} from "../../terraform/schema";
import { hostAddress } from "../../validators";
import { ADMIN_DESCRIPTION, account, READ_ONLY_DESCRIPTION } from "../shared/schema/accounts";
import { connectionAttributes } from "../shared/schema/connection-attributes";
import { ADDRESS_DESCRIPTION, openstackSettings } from "../shared/schema/infrastructure-arguments";
import { describeTypes, infrastructureTypes } from "../shared/schema/infrastructure-types";
import { domainProblems, openstackProblems } from "./schema-rules";

export const infrastructureSchema = schema({
  description:
    "The connection of the Integration Server to a virtual infrastructure. Creating it waits until every account, and every OpenStack microservice, is connected. The API documents no way to change a connection: another type, address, account or password version replaces it. Destroy the SVMs of an infrastructure before its connection.",
  attributes: {
    type: required(string({ oneOf: infrastructureTypes }), {
      description: `The kind of virtual infrastructure: ${describeTypes(infrastructureTypes)}. Changing it replaces the connection.`,
      requiresReplace: true,
    }),
    address: required(string(), {
      description: `${ADDRESS_DESCRIPTION} For XenServer and Numa vServer only the primary server of a pool can be connected. Another address replaces the connection, another spelling of the same one does not.`,
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
  identity: { version: 0, attributes: ["id"] },
  rules: [openstackProblems, domainProblems],
});

export type InfrastructureAttributes = (typeof infrastructureSchema)["attributes"];
export type InfrastructureConfig = Config<InfrastructureAttributes>;
export type InfrastructurePlan = Plan<InfrastructureAttributes>;
export type InfrastructurePlanned = Planned<InfrastructureAttributes>;
export type InfrastructureState = State<InfrastructureAttributes>;

interface NameOf {
  readonly name: string | null | Unknown;
}

/**
 * Whether an account comes, goes, or cannot be told yet; what changes inside an account, its own attributes say.
 * An account that the API does not report (OpenStack, after an import) is adopted from the configuration.
 */
function replacesConnection({
  prior,
  planned,
}: {
  readonly prior: NameOf | null;
  readonly planned: NameOf | null | Unknown;
}): boolean {
  if (prior !== null && prior.name === null) return false;
  return isUnknown(planned) || (prior === null) !== (planned === null);
}
