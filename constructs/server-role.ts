/** Roles of Integration Servers in a high-availability cluster. */
import type { TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import { KsvlaServerRole } from "./generated/server-role";
import { propsOf } from "./schema/given";

/** The role that an Integration Server gets. */
export interface ServerRoleProps extends TerraformMetaArguments {
  /**
   * The role. The reserve server gets its own by its registration, see {@link ReserveServer}.
   *
   * @default "Primary", the one that can be assigned
   */
  readonly role?: "Primary";
}

/**
 * Makes the Integration Server the primary one of a high-availability cluster. A server that has the role already stays
 * as it is. {@link ReserveServer} does it by itself when it has `trust`.
 */
export class ServerRole extends KsvlaServerRole {
  constructor(scope: Construct, id: string, props: ServerRoleProps = {}) {
    const { role = "Primary", ...metaArguments } = propsOf(props, scope, id);
    super(scope, id, { ...metaArguments, role });
  }
}
