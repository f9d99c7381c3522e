/** What the role of an Integration Server consists of, as Terraform sees it. */
import { computed, required, type State, schema, string } from "../../terraform/schema";

export const serverRoleSchema = schema({
  description:
    "The role of the Integration Server in a high-availability cluster. Every server is standalone at first, and only the primary one takes a `ksvla_reserve_server`. Assigning the role that the server already has changes nothing, so there is no need to import it. The API documents no way to read the role, nor one back to standalone: destroying the resource leaves the role as it is.",
  attributes: {
    role: required(string({ oneOf: ["Primary"] }), {
      description:
        "`Primary`, the one role that can be assigned. The reserve server gets its own by its registration (`ksvla_reserve_server`).",
      requiresReplace: true,
    }),
    id: computed(string(), {
      description: "The host and port of the Integration Server that the role was assigned to.",
      useStateForUnknown: true,
    }),
  },
});

export type ServerRoleAttributes = (typeof serverRoleSchema)["attributes"];
export type ServerRoleState = State<ServerRoleAttributes>;
