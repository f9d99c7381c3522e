/** `data.ksvla_reserve_servers`: what is registered with the primary Integration Server. */
import type { Client } from "../../resources/shared/client";
import { listReserveServers, reserveServerFacts } from "../../resources/shared/reserve-servers";
import { dataSource } from "../../terraform";
import { reserveServersSchema } from "./schema";

export const reserveServers = dataSource<Client>()({
  schema: reserveServersSchema,

  async read({ client: { server }, signal }) {
    const found = await listReserveServers(server, signal);
    return {
      reserveServers: found.map((reserve) => ({
        id: reserve.id,
        address: reserve.address,
        ...reserveServerFacts(reserve),
      })),
    };
  },
});
