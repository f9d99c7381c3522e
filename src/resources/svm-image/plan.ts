import { type PlanChanges, type PlanRequest, UNKNOWN } from "../../terraform";
import type { Client } from "../shared/client";
import type { SvmImageAttributes } from "./schema";

/** An image that is not verified yet may be one after the update. */
export async function plan({
  state,
  planned,
}: PlanRequest<SvmImageAttributes, Client>): Promise<PlanChanges<SvmImageAttributes> | undefined> {
  if (state === null || planned === null) return undefined;
  const verifies = planned.verify !== false && state.verified !== true;
  return verifies ? { planned: { verified: UNKNOWN } } : undefined;
}
