/** Looks at a reserve server; a connection that has failed is a warning, not an error. */
import type { ReadRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { sameServer } from "../shared/schema/reserve-server-address";
import { problemOf } from "./connection";
import { findReserveServer } from "./registration";
import type { ReserveServerAttributes, ReserveServerState } from "./schema";
import { idOf, stateOf } from "./state";

export async function read({
  client: { server },
  state,
  signal,
  warn,
}: ReadRequest<ReserveServerAttributes, Client>): Promise<ReserveServerState | null> {
  const reserve = await findReserveServer(idOf(state), server, signal);
  if (reserve === undefined) return null;
  const address = sameServer(reserve.address, state.address) ? state.address : reserve.address;
  const problem = problemOf(reserve, server);
  if (problem !== undefined) {
    warn({ summary: `The reserve server ${reserve.address} is not connected`, detail: problem.detail });
  }
  return stateOf({ ...state, address }, reserve);
}
