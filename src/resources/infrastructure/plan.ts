import { isUnknown, type PlanChanges, type PlanRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { notePlan } from "../shared/journal";
import { sameInfrastructureAddress } from "../shared/schema/infrastructure-types";
import { type Connecting, makingOf } from "./journal";
import type { InfrastructureAttributes, InfrastructurePlanned } from "./schema";

/** Another spelling of the address is no change: the state keeps its own. */
export async function plan(
  request: PlanRequest<InfrastructureAttributes, Client>,
): Promise<PlanChanges<InfrastructureAttributes> | undefined> {
  const { state, planned } = request;
  if (planned === null) return undefined;
  notePlan(request, (journal) => {
    // What is tainted is planned as if there were nothing.
    if (state !== null && state.id !== null) journal.keep("infrastructure", state.id);
    if (state === null && isDecided(planned)) journal.planned(makingOf(planned));
  });
  if (state === null || typeof planned.address !== "string") return undefined;
  const { type, address } = state;
  return sameInfrastructureAddress(type, address, planned.address) ? { planned: { address } } : undefined;
}

/** Whether everything is known that says which connection it is. */
function isDecided(planned: object): planned is Connecting {
  const { type, address, admin }: Partial<InfrastructurePlanned> = planned;
  const name = isUnknown(admin) ? undefined : admin?.name;
  return [type, address, name].every((each) => typeof each === "string");
}
