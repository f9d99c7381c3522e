import { DiagnosticError, type ImportRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { findReserveServer } from "./registration";
import type { ReserveServerState } from "./schema";
import { stateOf } from "./state";

export async function importState({
  id,
  client: { server },
  signal,
}: ImportRequest<Client>): Promise<ReserveServerState> {
  const reserve = await findReserveServer(id, server, signal);
  if (reserve !== undefined) {
    return stateOf({ address: reserve.address, passwordWoVersion: null, timeouts: null }, reserve);
  }
  throw new DiagnosticError(
    `Unable to import the reserve server "${id}"`,
    "The Integration Server has no reserve server of this id. The data source ksvla_reserve_servers tells the ids of those that it has.",
  );
}
