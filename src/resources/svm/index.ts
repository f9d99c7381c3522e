/** `ksvla_svm`: a security virtual machine. */
import { resource } from "../../terraform";
import type { Client } from "../shared/client";
import { create } from "./create";
import { remove } from "./delete";
import { generateConfig } from "./generate-config";
import { importState } from "./import";
import { journalId, makingOf } from "./journal";
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
  /** Of a deployment that was interrupted, the state may have no id, or its entry none: its task tells it from others. */
  stored({ client, state }) {
    const id = journalId(state);
    if (id !== undefined) client.journal.stored("svm", id);
    if (state.taskId !== null) client.journal.storedTask(makingOf(state), state.taskId);
  },
});
