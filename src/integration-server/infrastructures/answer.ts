/** Reads infrastructures from answers, and writes them into requests. The documents' two spellings end here. */
import { MalformedAnswerError } from "../http/errors";
import type { JsonObject } from "../http/json";
import type { JsonReader } from "../http/json-reader";
import { documented, type OpenUnion } from "../open-union";
import {
  type Account,
  type AccountConnection,
  CONNECTION_ERRORS,
  CONNECTION_STATUSES,
  type ConnectionError,
  type ConnectionTest,
  type Credentials,
  type Infrastructure,
  type Microservice,
  type NewInfrastructure,
  type OpenStackSettings,
} from "./infrastructure";
import { documentedType } from "./type-spelling";

/**
 * The body of a request that connects to an infrastructure or tests that.
 *
 * @param type as the server spells it
 */
export function infrastructureBody(
  { address, openstack, admin, readOnly }: NewInfrastructure,
  type: string,
): JsonObject {
  return {
    type,
    address,
    ...(openstack && { specificSettings: { protocol: openstack.protocol, region: openstack.region } }),
    accounts: { admin: account(admin), ...(readOnly && { readOnly: account(readOnly) }) },
  };
}

function account({ domain, name, password }: Credentials): JsonObject {
  return { domain, name, password: password };
}

/**
 * A connection that has just been stored. Only its id has to be there: whatever else is missing or wrong, the next look
 * tells. One of another type is another one.
 */
export function parseAdded(answer: JsonReader, { type, address, openstack }: NewInfrastructure): Infrastructure {
  const id = answer.object().field("infrastructureId").text();
  const answered = answer.field("type").optionalText();
  if (answered !== undefined && documentedType(answered) !== type) answer.field("type").foreign(type, answered);
  try {
    return parseInfrastructure(answer, id);
  } catch (error) {
    if (!(error instanceof MalformedAnswerError)) throw error;
    const unknown = { name: undefined, displayName: undefined, version: undefined, edition: undefined };
    const accounts = { admin: undefined, readOnly: undefined };
    const connection = { admin: CONNECTING, readOnly: undefined };
    return {
      id,
      type,
      address,
      openstack,
      ...unknown,
      connection,
      microservices: [],
      accounts,
      updatePeriod: undefined,
    };
  }
}

const CONNECTING: AccountConnection = {
  status: "CONNECTING",
  error: "NO_ERROR",
  errorMessage: undefined,
  primaryServerAddress: undefined,
};

/** @param id of the connection that was asked for */
export function parseInfrastructure(answer: JsonReader, id: string): Infrastructure {
  const accounts = answer.object().field("accounts");
  return {
    id: answer.field("infrastructureId").id(id),
    ...parseConnectionTest(answer),
    accounts: { admin: parseAccount(accounts.field("admin")), readOnly: parseAccount(readOnlyOf(accounts)) },
    updatePeriod: parseUpdatePeriod(answer.field("connectionInfo")),
  };
}

/** The samples have it beside the state of the account with limited rights; OpenStack's say 0, which tells nothing. */
function parseUpdatePeriod(info: JsonReader): number | undefined {
  const periods = ["readOnly", "readonly", "admin"]
    .map((account) => info.field(account).field("updatePeriodSeconds").value)
    .map((value) => (typeof value === "string" || typeof value === "number" ? Number(value) * 1_000 : 0))
    .filter((period) => Number.isFinite(period) && period > 0);
  return periods.length === 0 ? undefined : Math.max(...periods);
}

export function parseConnectionTest(answer: JsonReader): ConnectionTest {
  const info = answer.object().field("connectionInfo").object();
  const admin = info.field("admin").object();
  const readOnly = readOnlyOf(info);
  return {
    type: documentedType(answer.field("type").text()),
    address: answer.field("address").text(),
    openstack: parseOpenStack(answer.field("specificSettings")),
    name: answer.field("name").optionalText(),
    displayName: answer.field("displayName").shown(),
    version: answer.field("version").shown(),
    edition: answer.field("edition").shown(),
    connection: {
      admin: parseConnection(admin),
      // Without such an account the element is missing, null or without a status.
      readOnly: readOnly.field("status").isMissing ? undefined : parseConnection(readOnly),
    },
    microservices: merge([...parseMicroservices(admin), ...parseMicroservices(readOnly)]),
  };
}

/** `readOnly` in requests and in most answers, `readonly` in those about OpenStack. */
function readOnlyOf(parent: JsonReader): JsonReader {
  const readOnly = parent.field("readOnly");
  return readOnly.isMissing ? parent.field("readonly") : readOnly;
}

function parseAccount(account: JsonReader): Account | undefined {
  if (!account.isObject) return undefined;
  return { domain: account.field("domain").optionalText(), name: account.field("name").optionalText() };
}

function parseOpenStack(settings: JsonReader): OpenStackSettings | undefined {
  const protocol = settings.field("protocol").optionalText();
  return protocol === undefined ? undefined : { protocol, region: settings.field("region").optionalText() };
}

function parseConnection(connection: JsonReader): AccountConnection {
  return {
    status: documented(connection.field("status").text(), CONNECTION_STATUSES),
    error: parseError(connection.field("connectionError")),
    errorMessage: connection.field("errorMessage").message(),
    primaryServerAddress: connection.field("details").field("primaryServerAddress").optionalText(),
  };
}

function parseError(error: JsonReader): OpenUnion<ConnectionError> {
  return documented(error.optionalText() ?? "NO_ERROR", CONNECTION_ERRORS);
}

/**
 * The services of all regions. `details` may be a text; a service is a list inside `endpoints` (compute in the
 * documents) or beside it (glance, neutron and cinder).
 */
function parseMicroservices(connection: JsonReader): Microservice[] {
  return connection
    .field("details")
    .field("regions")
    .optionalList()
    .flatMap((region) => {
      const id = region.field("id").optionalText() ?? "";
      const services = [...region.field("endpoints").fields(), ...region.fields()];
      return services
        .filter(([, endpoints]) => Array.isArray(endpoints.value) || !endpoints.field("status").isMissing)
        .flatMap(([service, endpoints]) =>
          endpoints
            .list()
            .filter((endpoint) => endpoint.isObject)
            .map((endpoint) => parseMicroservice(id, service, endpoint)),
        );
    });
}

function parseMicroservice(region: string, service: string, endpoint: JsonReader): Microservice {
  return {
    region,
    service,
    address: endpoint.field("address").optionalText(),
    protocol: endpoint.field("protocol").optionalText(),
    version: endpoint.field("version").shown(),
    status: documented(endpoint.field("status").text(), CONNECTION_STATUSES),
    error: parseError(endpoint.field("error")),
  };
}

/** Both accounts see the same services; of two views of one service, the one with a complaint counts. */
function merge(microservices: readonly Microservice[]): Microservice[] {
  const merged = new Map<string, Microservice>();
  for (const microservice of microservices) {
    const key = JSON.stringify([microservice.region, microservice.service, microservice.address]);
    const known = merged.get(key);
    if (known === undefined || (known.status === "CONNECTED" && known.error === "NO_ERROR"))
      merged.set(key, microservice);
  }
  return [...merged.values()];
}
