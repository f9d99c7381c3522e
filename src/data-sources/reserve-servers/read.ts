/** `data.ksvla_reserve_servers`: what is registered with the primary Integration Server. */
import type { IntegrationServer } from "../../integration-server";
import { listReserveServers, reserveServerFacts } from "../../resources/shared/reserve-servers";
import { dataSource } from "../../terraform";
import { reserveServersSchema } from "./schema";

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
