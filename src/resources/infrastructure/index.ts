/** `ksvla_infrastructure`: the Integration Server's connection to a virtual infrastructure. */
import type { IntegrationServer } from "../../integration-server";
import { resource } from "../../terraform";
import { create } from "./create";
import { remove } from "./delete";
import { importState } from "./import";
import { read } from "./read";
import { infrastructureSchema } from "./schema";
import { update } from "./update";

export const infrastructure = resource<IntegrationServer>()({
  schema: infrastructureSchema,
  create,
  read,
  update,
  delete: remove,
  importState,
});
