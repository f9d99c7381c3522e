/** What reserve servers consist of, as Terraform sees them. */
import { reserveServerAttributes } from "../../resources/shared/schema/reserve-server-attributes";
import { computed, nestedList, schema, string } from "../../terraform/schema";

export const reserveServersSchema = schema({
  description:
    "The reserve servers that are registered with the Integration Server: at most one in version 6.4. Only a server with the role `Primary` tells them. A connection that failed is no error: see `status`.",
  attributes: {
    reserveServers: computed(
      nestedList({
        id: computed(string(), { description: "The id that the Integration Server gave it." }),
        address: computed(string(), { description: "Its host:port." }),
        ...reserveServerAttributes,
      }),
      { description: "What is registered." },
    ),
  },
});
