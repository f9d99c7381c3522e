/** `ksvla_server_role`: what the Integration Server is in a high-availability cluster. */
import { AnswerLostError, ApiError, type IntegrationServer } from "../../integration-server";
import { formatAddress } from "../../integration-server/address";
import { computed, DiagnosticError, required, resource, schema, string } from "../../terraform";
import { explained } from "../shared/errors";

export const serverRoleSchema = schema({
  description:
    "The role of the Integration Server in a high-availability cluster. Every server is standalone at first, and only the primary one takes a `ksvla_reserve_server`. Assigning the role that the server already has changes nothing, so there is no need to import it. The API documents no way to read the role, nor one back to standalone: destroying the resource leaves the role as it is.",
  attributes: {
    role: required(string({ oneOf: ["Primary"] }), {
      description:
        "`Primary`, the one role that can be assigned. The reserve server gets its own by its registration (`ksvla_reserve_server`).",
      requiresReplace: true,
    }),
    id: computed(string(), {
      description: "The host and port of the Integration Server that the role was assigned to.",
      useStateForUnknown: true,
    }),
  },
});

export const serverRole = resource<IntegrationServer>()({
  schema: serverRoleSchema,

  async create({ client, plan: { role }, signal }) {
    const server = formatAddress(client.address);
    try {
      await client.role.assign(role, { signal });
    } catch (error) {
      const isRefused = error instanceof ApiError && error.status === 409;
      if (!isRefused || !(await actsAsPrimary(client, signal))) {
        throw explained(`assign the role ${role} to the Integration Server ${server}`, error, adviceOn(error));
      }
    }
    return { role, id: server };
  },

  /** Nothing tells the role, so the state stays as it is. */
  async read({ state }) {
    return state;
  },

  async delete({ state: { id, role }, warn }) {
    warn({
      summary: `The Integration Server ${id} keeps the role ${role}`,
      detail: `The API documents no way back to standalone, so the role stays on ${id}; Terraform forgets it. Without a reserve server it makes no difference to the protection of virtual machines.`,
    });
  },

  async importState() {
    throw new DiagnosticError(
      "A ksvla_server_role cannot be imported",
      "The API documents no way to read the role. There is no need to, either: let Terraform create the resource, and a server that already has the role stays as it is.",
    );
  },
});

/** Only the primary server lists its reserve servers: all that the API tells of a role. */
async function actsAsPrimary(client: IntegrationServer, signal: AbortSignal): Promise<boolean> {
  try {
    await client.reserveServers.list({ signal });
    return true;
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}

function adviceOn(error: unknown): string | undefined {
  if (error instanceof AnswerLostError) return "Apply again: a role that the server already has stays as it is.";
  if (error instanceof ApiError && error.status === 409) {
    return "If this server is the reserve server of another one, de-register it there first.";
  }
  return undefined;
}
