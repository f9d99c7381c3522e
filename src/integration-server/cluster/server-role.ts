/** The role of the Integration Server in a high-availability cluster ("Assigning a role to the primary Integration Server"). */
import { type Caller, type CallOptions, ignoreAnswer } from "../http/call";
import { failureOf } from "../http/failure";

/** The one role that can be assigned: a server is standalone at first, and becomes a reserve one by registration. */
export type AssignableRole = "Primary";

export class ServerRole {
  constructor(private readonly api: Caller) {}

  /**
   * Assigns a role; a role that the server already has stays as it is. The documents know neither a way to read the
   * role nor one back to standalone.
   */
  async assign(role: AssignableRole, options: CallOptions = {}): Promise<void> {
    try {
      await this.#put(role, options);
    } catch (error) {
      if (failureOf(error).effect === "none") throw error;
      // What became of it cannot be looked up, and the same role a second time is no other one.
      await this.#put(role, options);
    }
  }

  #put(role: AssignableRole, { signal }: CallOptions): Promise<void> {
    return this.api.call({
      method: "PUT",
      path: "server/configuration/role",
      body: { role },
      parse: ignoreAnswer,
      signal,
    });
  }
}
