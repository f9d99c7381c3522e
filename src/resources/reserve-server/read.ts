/** Looks at a reserve server; a connection that has failed is a warning, not an error. */
import type { IntegrationServer } from "../../integration-server";
import type { ReadRequest } from "../../terraform";
import { sameServer } from "../shared/schema/reserve-server-address";
import { problemOf } from "./connection";
import { findReserveServer } from "./registration";
import type { ReserveServerAttributes, ReserveServerState } from "./schema";
import { idOf, stateOf } from "./state";

export async function read({
  client,
  state,
  signal,
  warn,
}: ReadRequest<ReserveServerAttributes, IntegrationServer>): Promise<ReserveServerState | null> {
  const reserve = await findReserveServer(idOf(state), client, signal);
  if (reserve === undefined) return null;
  const address = sameServer(reserve.address, state.address) ? state.address : reserve.address;
  const problem = problemOf(reserve, client);
  if (problem !== undefined) {
    warn({ summary: `The reserve server ${reserve.address} is not connected`, detail: problem.detail });
  }
  return stateOf({ ...state, address }, reserve);
}
