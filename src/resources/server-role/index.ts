/** `ksvla_server_role`: what the Integration Server is in a high-availability cluster. */
import { resource } from "../../terraform";
import type { Client } from "../shared/client";
import { create } from "./create";
import { remove } from "./delete";
import { importState } from "./import";
import { read } from "./read";
import { serverRoleSchema } from "./schema";

export const serverRole = resource<Client>()({
  schema: serverRoleSchema,
  create,
  read,
  delete: remove,
  importState,
});
