import type { DeleteRequest } from "../../terraform";
import type { Client } from "../shared/client";
import type { SvmImageAttributes } from "./schema";

/** The API documents no removal of images. */
export async function remove({ client, state, warn }: DeleteRequest<SvmImageAttributes, Client>): Promise<void> {
  if (state.id !== null) client.journal.gone("image", state.id);
  warn({
    summary: `The SVM image "${state.id}" stays registered on the Integration Server`,
    detail: `The API documents no removal of images, so the image "${state.id}" (${state.manifestPath}) stays on the Integration Server; Terraform forgets it.`,
  });
}
