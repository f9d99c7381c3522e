import { DiagnosticError, type ImportRequest } from "../../terraform";
import type { Client } from "../shared/client";

/** The API documents no way to read an image back. */
export async function importState({ id }: ImportRequest<Client>): Promise<never> {
  throw new DiagnosticError(
    `Unable to import the SVM image "${id}"`,
    "The API documents no way to read an image back, so nothing could be compared with the configuration. Let Terraform create the resource: it registers the image anew. To go on using an image that is registered, set its id as image_id of the SVMs (SvmImage.fromImageId in CDKTF).",
  );
}
