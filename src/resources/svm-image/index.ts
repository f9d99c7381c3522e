/** `ksvla_svm_image`: an SVM image that the Integration Server knows and can deploy. */
import { resource } from "../../terraform";
import type { Client } from "../shared/client";
import { create } from "./create";
import { remove } from "./delete";
import { importState } from "./import";
import { plan } from "./plan";
import { read } from "./read";
import { svmImageSchema } from "./schema";
import { update } from "./update";

export const svmImage = resource<Client>()({
  schema: svmImageSchema,
  create,
  read,
  update,
  delete: remove,
  plan,
  importState,
  /** The version is for SVMs that are to be taken over: it has to be theirs. */
  stored({ client, state: { id, svmVersion } }) {
    if (id !== null) client.journal.stored("image", id, { svmVersion });
  },
});
