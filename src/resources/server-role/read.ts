import type { ReadRequest } from "../../terraform";
import type { Client } from "../shared/client";
import type { ServerRoleAttributes, ServerRoleState } from "./schema";

/** Nothing tells the role, so the state stays as it is. */
export async function read({ state }: ReadRequest<ServerRoleAttributes, Client>): Promise<ServerRoleState> {
  return state;
}
