/** Waiting for the connection between the two servers, and what is wrong with it. */
import type { IntegrationServer, ReserveServer } from "../../integration-server";
import { formatAddress } from "../../integration-server/address";
import type { DiagnosticError } from "../../terraform";
import { attempt } from "../shared/errors";
import { reserveServerFacts } from "../shared/reserve-servers";
import { reserveServerProblem } from "./problems";

/** The reserve server when its connection has been made or has failed. */
export function connected(
  id: string,
  server: IntegrationServer,
  signal: AbortSignal,
  onProgress: (seen: ReserveServer) => void,
): Promise<ReserveServer> {
  return attempt(`look at the connection to the reserve server "${id}"`, () =>
    server.reserveServers.waitForConnection(id, { signal, onProgress }),
  );
}

export function problemOf(reserve: ReserveServer, server: IntegrationServer): DiagnosticError | undefined {
  const { status, connectionError } = reserveServerFacts(reserve);
  return reserveServerProblem({ address: reserve.address, status, connectionError }, formatAddress(server.address));
}
