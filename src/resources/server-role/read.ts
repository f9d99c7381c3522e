import type { IntegrationServer } from "../../integration-server";
import type { ReadRequest } from "../../terraform";
import type { ServerRoleAttributes, ServerRoleState } from "./schema";

/** Nothing tells the role, so the state stays as it is. */
export async function read({ state }: ReadRequest<ServerRoleAttributes, IntegrationServer>): Promise<ServerRoleState> {
  return state;
}
