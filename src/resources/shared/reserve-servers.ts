/** What the Integration Server tells of its reserve servers. */
import { ApiError, failureOf, type IntegrationServer, type ReserveServer } from "../../integration-server";
import { formatAddress } from "../../integration-server/address";
import { explained } from "./errors";

/** What is registered. */
export async function listReserveServers(
  server: IntegrationServer,
  signal: AbortSignal,
): Promise<readonly ReserveServer[]> {
  try {
    return await server.reserveServers.list({ signal });
  } catch (error) {
    throw explained("list the reserve servers", error, adviceOnRole(error, server));
  }
}

/** As the computed attributes show it. */
export function reserveServerFacts({ role, status, error, createdAt }: ReserveServer) {
  return { role, status, connectionError: error, createdAt: createdAt ?? null };
}

/** How a server that is not the primary one refuses is not documented, so any refusal may mean that. */
export function adviceOnRole(error: unknown, server: IntegrationServer): string | undefined {
  const { effect, passes } = failureOf(error);
  if (!(error instanceof ApiError) || effect === "unknown" || passes) return undefined;
  return `${error.advice} Reserve servers are managed on the server with the role Primary. If ${formatAddress(server.address)} does not have it yet, add this, and let the reserve server depend on it (depends_on); in CDKTF, a ServerRole does:\n\n  resource "ksvla_server_role" "primary" {\n    role = "Primary"\n  }`;
}
