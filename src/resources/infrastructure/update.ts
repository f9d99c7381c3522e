import type { UpdateRequest } from "../../terraform";
import type { Client } from "../shared/client";
import type { InfrastructureAttributes, InfrastructureState } from "./schema";
import { plannedSettings } from "./state";

/** Any real change replaces: what comes here is adopted from the configuration, and the server is not asked. */
export async function update({
  plan,
  state,
}: UpdateRequest<InfrastructureAttributes, Client>): Promise<InfrastructureState> {
  return { ...state, ...plannedSettings(plan, state.openstack?.region ?? null) };
}
