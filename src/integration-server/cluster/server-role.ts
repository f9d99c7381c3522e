/** The role of the Integration Server in a high-availability cluster ("Assigning a role to the primary Integration Server"). */
import { type Caller, type CallOptions, ignoreAnswer } from "../http/call";
import { againWhenUnknown } from "../http/retries";

/** The one role that can be assigned: a server is standalone at first, and becomes a reserve one by registration. */
export type AssignableRole = "Primary";

export class ServerRole {
  constructor(private readonly api: Caller) {}

  /**
   * Assigns a role; a role that the server already has stays as it is. The documents know neither a way to read the
   * role nor one back to standalone.
   */
  async assign(role: AssignableRole, { signal }: CallOptions = {}): Promise<void> {
    const path = "server/configuration/role";
    const call = { method: "PUT", path, body: { role }, parse: ignoreAnswer, signal } as const;
    await againWhenUnknown(() => this.api.call(call), signal);
  }
}
