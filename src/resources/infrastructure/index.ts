/** `ksvla_infrastructure`: the Integration Server's connection to a virtual infrastructure. */
import { resource } from "../../terraform";
import type { Client } from "../shared/client";
import { create } from "./create";
import { remove } from "./delete";
import { importState } from "./import";
import { plan } from "./plan";
import { read } from "./read";
import { infrastructureSchema } from "./schema";
import { update } from "./update";

export const infrastructure = resource<Client>()({
  schema: infrastructureSchema,
  create,
  read,
  update,
  delete: remove,
  plan,
  importState,
  stored({ client, state: { id } }) {
    if (id !== null) client.journal.stored("infrastructure", id);
  },
});
