/** `ksvla_reserve_server`: the Integration Server that takes over while the primary one is unavailable. */
import { resource } from "../../terraform";
import type { Client } from "../shared/client";
import { create } from "./create";
import { remove } from "./delete";
import { importState } from "./import";
import { plan } from "./plan";
import { read } from "./read";
import { reserveServerSchema } from "./schema";
import { update } from "./update";

export const reserveServer = resource<Client>()({
  schema: reserveServerSchema,
  create,
  read,
  update,
  delete: remove,
  plan,
  importState,
  stored({ client, state: { id } }) {
    if (id !== null) client.journal.stored("reserve-server", id);
  },
});
