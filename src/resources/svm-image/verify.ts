import type { Task } from "../../integration-server";
import type { Work } from "../../notes";
import { type Context, DiagnosticError } from "../../terraform";
import type { Client } from "../shared/client";
import { explained } from "../shared/errors";
import { noted } from "../shared/noted";
import type { SvmImageState } from "./schema";

/** SVM management, "Verifying the authenticity of the SVM image". */
export async function verified(image: SvmImageState, { client, log, signal }: Context<Client>): Promise<SvmImageState> {
  const { id, manifestPath } = image;
  if (id === null) throw new DiagnosticError("The SVM image has no id in the state", "Replace it, which registers it.");
  const fields = { manifest: manifestPath, image: id };
  try {
    const subject = { operation: "verify", infrastructure: null, svm: null, place: manifestPath } as const;
    const verify = (work: Work) =>
      client.server.images.verify(id, {
        signal,
        onBusy: (what: string) => work.waitFor(what),
        onTask: (task) => {
          log.info("Verifying the SVM image", { ...fields, task });
          work.learn({ task });
        },
        onProgress: ({ state, stage, progress }: Task) => {
          log.info("Verifying the SVM image", { ...fields, state, progress });
          work.learn({ step: stage, progress });
        },
      });
    await noted({ client, signal }, subject, verify, () => `verified, id ${id}`);
  } catch (error) {
    throw explained(
      `verify the SVM image ${manifestPath}`,
      error,
      `The image is registered with the id "${id}", but not verified. Make sure that the image file beside the description on the Integration Server is complete and the vendor's own, then apply again. With verify = false, it is used unverified.`,
    );
  }
  log.info("Verified the SVM image", fields);
  return { ...image, verified: true };
}
