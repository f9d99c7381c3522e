import type { PlanChanges, PlanRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { sameInfrastructureAddress } from "../shared/schema/infrastructure-types";
import type { InfrastructureAttributes } from "./schema";

/** Another spelling of the address is no change: the state keeps its own. */
export async function plan({
  state,
  planned,
}: PlanRequest<InfrastructureAttributes, Client>): Promise<PlanChanges<InfrastructureAttributes> | undefined> {
  if (state === null || typeof planned?.address !== "string") return undefined;
  const { type, address } = state;
  return sameInfrastructureAddress(type, address, planned.address) ? { planned: { address } } : undefined;
}
