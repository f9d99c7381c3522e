import { type PlanChanges, type PlanRequest, UNKNOWN } from "../../terraform";
import type { Client } from "../shared/client";
import { sameServer } from "../shared/schema/reserve-server-address";
import type { ReserveServerAttributes, ReserveServerPlanned } from "./schema";
import { isToBeSent } from "./state";

/** Another spelling of the address is no change; a failed connection that can be mended is one. */
export async function plan({
  state,
  planned,
}: PlanRequest<ReserveServerAttributes, Client>): Promise<PlanChanges<ReserveServerAttributes> | undefined> {
  if (state === null || planned === null) return undefined;
  const { address, status, connectionError } = state;
  const isSpelling = typeof planned.address === "string" && sameServer(address, planned.address);
  const outcome: Pick<ReserveServerPlanned, "status" | "connectionError"> = isToBeSent(state, planned)
    ? { status: UNKNOWN, connectionError: UNKNOWN }
    : { status, connectionError };
  return { planned: { ...outcome, ...(isSpelling && { address }) } };
}
