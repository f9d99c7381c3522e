import { type PlanChanges, type PlanRequest, UNKNOWN } from "../../terraform";
import type { Client } from "../shared/client";
import { notePlan } from "../shared/journal";
import { sameServer } from "../shared/schema/reserve-server-address";
import { makingOf } from "./journal";
import type { ReserveServerAttributes, ReserveServerPlanned } from "./schema";
import { isToBeSent } from "./state";

/** Another spelling of the address is no change; a failed connection that can be mended is one. */
export async function plan(
  request: PlanRequest<ReserveServerAttributes, Client>,
): Promise<PlanChanges<ReserveServerAttributes> | undefined> {
  const { state, planned } = request;
  if (planned === null) return undefined;
  const { address: wanted } = planned;
  notePlan(request, (journal) => {
    // What is tainted is planned as if there were nothing.
    if (state !== null && state.id !== null) journal.keep("reserve-server", state.id);
    if (state === null && typeof wanted === "string") journal.planned(makingOf({ address: wanted }));
  });
  if (state === null) return undefined;
  const { address, status, connectionError } = state;
  const isSpelling = typeof wanted === "string" && sameServer(address, wanted);
  const outcome: Pick<ReserveServerPlanned, "status" | "connectionError"> = isToBeSent(state, planned)
    ? { status: UNKNOWN, connectionError: UNKNOWN }
    : { status, connectionError };
  return { planned: { ...outcome, ...(isSpelling && { address }) } };
}
