/** `ksvla_infrastructure`: the Integration Server's connection to a virtual infrastructure. */
import {
  AnswerLostError,
  ApiError,
  type Infrastructure,
  type IntegrationServer,
  isNotFound,
  mayHaveTakenEffect,
  type NewInfrastructure,
} from "../../integration-server";
import {
  type Config,
  computed,
  DiagnosticError,
  isUnknown,
  optional,
  type Problem,
  required,
  resource,
  schema,
  string,
  timeouts,
} from "../../terraform";
import { hostAddress } from "../../validators";
import { openstackFacts } from "../shared/connection-facts";
import { connectionProblems, type ProblemContext, platformOf } from "../shared/connection-problems";
import { attempt, combined, explained } from "../shared/errors";
import {
  ADMIN_DESCRIPTION,
  account,
  domainProblems,
  READ_ONLY_DESCRIPTION,
  replacesConnection,
} from "../shared/schema/accounts";
import { connectionAttributes } from "../shared/schema/connection-attributes";
import { ADDRESS_DESCRIPTION, openstackSettings } from "../shared/schema/infrastructure-arguments";
import { describeTypes, infrastructureType, infrastructureTypes } from "../shared/schema/infrastructure-types";
import { importedSettings, plannedSettings, refreshedSettings, type Settings, stateOf } from "./state";

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

type Attributes = (typeof infrastructureSchema)["attributes"];

export const infrastructure = resource<IntegrationServer>()({
  schema: infrastructureSchema,

  async create({ client, config, plan, save, signal }) {
    const connection = newConnection(config);
    if (infrastructureType(connection.type).openstack) await testConnection(connection, client, signal);
    const added = await add(connection, client, signal);
    const current = (seen: Infrastructure) =>
      stateOf(plannedSettings(plan, openstackFacts(seen)?.region ?? null), seen);
    save(current(added));
    const settled = await attempt(`look at the connection to ${nameOf(connection)}`, () =>
      client.infrastructures.waitForConnection(added.id, { signal, onProgress: (seen) => save(current(seen)) }),
    );
    const problems = connectionProblems(settled, contextOf(connection));
    if (problems.length === 0) return current(settled);
    throw combined(problems.map((problem) => withKept(problem, added.id)));
  },

  async read({ client, state, signal, warn }) {
    const infrastructure = await find(idOf(state), client, signal);
    if (infrastructure === undefined) return null;
    const settings = refreshedSettings(state, infrastructure);
    const problems = connectionProblems(infrastructure, {
      address: settings.address,
      admin: settings.admin.name,
      readOnly: settings.readOnly?.name ?? null,
    });
    if (problems.length > 0) {
      warn({
        summary: `${platformOf(settings.type)} at ${settings.address} is not connected`,
        detail: problems.map(({ detail }) => detail).join("\n\n"),
      });
    }
    return stateOf(settings, infrastructure);
  },

  /** Any real change replaces: what comes here is adopted from the configuration, and the server is not asked. */
  async update({ plan, state }) {
    return { ...state, ...plannedSettings(plan, state.openstack?.region ?? null) };
  },

  async delete({ client, state, signal }) {
    const id = idOf(state);
    try {
      await client.infrastructures.delete(id, { signal });
    } catch (error) {
      if (isNotFound(error)) return;
      if (error instanceof AnswerLostError && (await find(id, client, signal)) === undefined) return;
      throw explained(`remove the connection to ${nameOf(state)}`, error);
    }
  },

  async importState({ id, client, signal }) {
    const infrastructure = await find(id, client, signal);
    if (infrastructure === undefined) {
      throw new DiagnosticError(
        `Unable to import the infrastructure ${id}`,
        "The Integration Server has no infrastructure of this id. The import id is what it answered as infrastructureId when the infrastructure was added.",
      );
    }
    const settings = importedSettings(infrastructure);
    if (settings !== undefined) return stateOf(settings, infrastructure);
    throw new DiagnosticError(
      `Unable to import the infrastructure ${id}`,
      `Its type is ${infrastructure.type}, which this version of the provider does not know.`,
    );
  },
});

/** What the API takes, from the configuration: only there are the passwords. */
function newConnection({ type, address, openstack, admin, readOnly }: Config<Attributes>): NewInfrastructure {
  return {
    type,
    address,
    openstack: openstack === null ? undefined : { protocol: openstack.protocol, region: openstack.region ?? undefined },
    admin: credentials(admin),
    readOnly: readOnly === null ? undefined : credentials(readOnly),
  };
}

function credentials({ name, domain, passwordWo }: Config<Attributes>["admin"]) {
  return { name, domain: domain ?? undefined, password: passwordWo };
}

/** Finds out before anything is added what would not work (SVM management, "Connecting … (OpenStack infrastructures)"). */
async function testConnection(
  connection: NewInfrastructure,
  client: IntegrationServer,
  signal: AbortSignal,
): Promise<void> {
  const test = await attempt(`test the connection to ${nameOf(connection)}`, () =>
    client.infrastructures.testConnection(connection, { signal }),
  );
  const problems = connectionProblems(test, contextOf(connection));
  if (problems.length > 0) throw combined(problems);
}

/** Adds the connection exactly once. */
async function add(
  connection: NewInfrastructure,
  client: IntegrationServer,
  signal: AbortSignal,
): Promise<Infrastructure> {
  try {
    return await client.infrastructures.create(connection, { signal });
  } catch (error) {
    throw explained(`connect to ${nameOf(connection)}`, error, adviceOnRejection(error, connection));
  }
}

/** The API documents no list of infrastructures, so nobody but the user can look. */
function adviceOnRejection(error: unknown, connection: NewInfrastructure): string | undefined {
  const name = nameOf(connection);
  if (mayHaveTakenEffect(error)) {
    return `The connection may have been added all the same, and nothing was sent a second time. Look in the Integration Server Console whether ${name} is listed. If it is, remove it there or import it by its id with "terraform import"; then apply again.`;
  }
  if (error instanceof ApiError && error.status === 409) {
    return `${name} seems to be connected already. Import that connection by its id with "terraform import", or remove it in the Integration Server Console.`;
  }
  return undefined;
}

/** The infrastructure, or undefined when the Integration Server says that it does not exist. */
async function find(id: string, client: IntegrationServer, signal: AbortSignal): Promise<Infrastructure | undefined> {
  try {
    return await client.infrastructures.get(id, { signal });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw explained(`read the infrastructure ${id}`, error);
  }
}

function idOf({ id, address }: { readonly id: string | null; readonly address: string }): string {
  if (id !== null) return id;
  throw new DiagnosticError(
    `The infrastructure at ${address} has no id in the state`,
    'Remove it from the state with "terraform state rm" and import it by the id that the Integration Server shows.',
  );
}

function nameOf({ type, address }: Pick<Settings, "type" | "address">): string {
  return `${platformOf(type)} at ${address}`;
}

function contextOf({ address, admin, readOnly }: NewInfrastructure): ProblemContext {
  return { address, admin: admin.name, readOnly: readOnly?.name ?? null };
}

function withKept({ summary, detail, path }: DiagnosticError, id: string): DiagnosticError {
  const kept = `The connection was added with the id ${id} and is marked as tainted: the next apply replaces it.`;
  return new DiagnosticError(summary, `${detail}\n\n${kept}`, path);
}
