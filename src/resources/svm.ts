/** `ksvla_svm`: a security virtual machine. */
import type { IntegrationServer } from "../integration-server";
import { resource } from "../terraform";
import { create } from "./svms/create";
import { remove } from "./svms/delete";
import { importState } from "./svms/import";
import { plan } from "./svms/plan";
import { read } from "./svms/read";
import { svmSchema } from "./svms/schema";
import { update } from "./svms/update";

export { svmSchema };

export const svm = resource<IntegrationServer>()({
  schema: svmSchema,
  create,
  read,
  update,
  delete: remove,
  plan,
  importState,
});
