/** `data.ksvla_reserve_servers`: what is registered with the primary Integration Server. */
import type { IntegrationServer } from "../../integration-server";
import { listReserveServers } from "../../resources/reserve-server/registration";
import { reserveServerAttributes, reserveServerFacts } from "../../resources/shared/schema/reserve-server-attributes";
import { computed, dataSource, nestedList, schema, string } from "../../terraform";

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

export const reserveServers = dataSource<IntegrationServer>()({
  schema: reserveServersSchema,

  async read({ client, signal }) {
    const found = await listReserveServers(client, signal);
    return {
      reserveServers: found.map((reserve) => ({
        id: reserve.id,
        address: reserve.address,
        ...reserveServerFacts(reserve),
      })),
    };
  },
});
