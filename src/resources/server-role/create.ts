/** Assigns the role; a server that has it already keeps it. */
import { ApiError, failureOf, type IntegrationServer } from "../../integration-server";
import { formatAddress } from "../../integration-server/address";
import type { CreateRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { afterFailure } from "../shared/effect";
import { explained } from "../shared/errors";
import type { ServerRoleAttributes, ServerRoleState } from "./schema";

export async function create({
  client: { server },
  plan: { role },
  signal,
}: CreateRequest<ServerRoleAttributes, Client>): Promise<ServerRoleState> {
  const address = formatAddress(server.address);
  try {
    await server.role.assign(role, { signal });
  } catch (error) {
    const failure = explained(`assign the role ${role} to the Integration Server ${address}`, error, adviceOn(error));
    if (failureOf(error).kind !== "conflict") throw failure;
    if (!(await afterFailure(failure, () => actsAsPrimary(server, signal), signal))) throw failure;
  }
  return { role, id: address };
}

/** Only the primary server lists its reserve servers: all that the API tells of a role. */
async function actsAsPrimary(server: IntegrationServer, signal: AbortSignal): Promise<boolean> {
  try {
    await server.reserveServers.list({ signal });
    return true;
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw explained("list the reserve servers", error);
  }
}

function adviceOn(error: unknown): string | undefined {
  const { kind, effect } = failureOf(error);
  if (effect === "unknown") return "Apply again: a role that the server already has stays as it is.";
  if (kind === "conflict") {
    return "If this server is the reserve server of another one, de-register it there first.";
  }
  return undefined;
}
