/** Looks at a reserve server; a connection that has failed is a warning, not an error. */
import type { ReadRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { warnIfElsewhere } from "../shared/journal";
import { sameServer } from "../shared/schema/reserve-server-address";
import { problemOf } from "./connection";
import { findStaying } from "./registration";
import type { ReserveServerAttributes, ReserveServerState } from "./schema";
import { idOf, stateOf } from "./state";

export async function read(request: ReadRequest<ReserveServerAttributes, Client>): Promise<ReserveServerState | null> {
  const { client, state, warn } = request;
  const { server, journal } = client;
  const id = idOf(state);
  const reserve = await findStaying(id, request, { forPlan: true });
  if (reserve === undefined) {
    warnIfElsewhere({ kind: "reserve-server", id, name: `reserve server ${state.address}` }, request);
    journal.gone("reserve-server", id);
    return null;
  }
  const address = sameServer(reserve.address, state.address) ? state.address : reserve.address;
  const problem = problemOf(reserve, server);
  if (problem !== undefined) {
    warn({ summary: `The reserve server ${reserve.address} is not connected`, detail: problem.detail });
  }
  return stateOf({ ...state, address }, reserve);
}
