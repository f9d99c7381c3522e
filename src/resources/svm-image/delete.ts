import type { IntegrationServer } from "../../integration-server";
import type { DeleteRequest } from "../../terraform";
import type { SvmImageAttributes } from "./schema";

/** The API documents no removal of images. */
export async function remove({ state, warn }: DeleteRequest<SvmImageAttributes, IntegrationServer>): Promise<void> {
  warn({
    summary: `The SVM image ${state.id} stays registered on the Integration Server`,
    detail: `The API documents no removal of images, so the image ${state.id} (${state.manifestPath}) stays on the Integration Server; Terraform forgets it.`,
  });
}
