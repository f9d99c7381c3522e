/** `ksvla_svm`: a security virtual machine. */
import { resource } from "../../terraform";
import type { Client } from "../shared/client";
import { create } from "./create";
import { remove } from "./delete";
import { generateConfig } from "./generate-config";
import { importState } from "./import";
import { plan } from "./plan";
import { read } from "./read";
import { svmSchema } from "./schema";
import { update } from "./update";

export const svm = resource<Client>()({
  schema: svmSchema,
  create,
  read,
  update,
  delete: remove,
  plan,
  importState,
  generateConfig,
});
