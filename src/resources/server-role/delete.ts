import type { DeleteRequest } from "../../terraform";
import type { Client } from "../shared/client";
import type { ServerRoleAttributes } from "./schema";

/** The API documents no way back to standalone. */
export async function remove({
  state: { id, role },
  warn,
}: DeleteRequest<ServerRoleAttributes, Client>): Promise<void> {
  warn({
    summary: `The Integration Server ${id} keeps the role ${role}`,
    detail: `The API documents no way back to standalone, so the role stays on ${id}; Terraform forgets it. Without a reserve server it makes no difference to the protection of virtual machines.`,
  });
}
