/** SVMs whose connection is gone: what replaces one would leave the old one running, out of reach. */
import { type Context, DiagnosticError, isUnknown } from "../../terraform";
import type { Client } from "../shared/client";
import { svmName } from "./naming";
import { known } from "./placement";
import type { SvmPlanned, SvmState } from "./schema";
import { isImported } from "./state";

/**
 * Refuses to replace an SVM that has not followed to its new connection yet. Terraform removes the old one, perhaps
 * after the new one was created, through the connection in the state. As long as the connection is replaced by the
 * same apply, it exists until the SVM was removed, and its successor is not known.
 */
export async function refuseStranding(
  state: SvmState,
  planned: SvmPlanned,
  context: Pick<Context<Client>, "client" | "signal">,
): Promise<void> {
  if (isUnknown(planned.infrastructureId) || planned.infrastructureId === state.infrastructureId) return;
  const isReplaced = planned.name !== state.name || (!isImported(state) && planned.imageId !== state.imageId);
  if (!isReplaced || !(await isStranded(state, context))) return;
  throw new DiagnosticError(
    `Unable to replace the ${svmName(state, context)}`,
    `The connection "${state.infrastructureId}", through which the SVM would be removed, was replaced by "${planned.infrastructureId}". Apply without the new image or name first: the SVM then follows to the new connection, and nothing is deployed or removed. After that, it can be replaced.`,
    [planned.name !== state.name ? "name" : "imageId"],
  );
}

async function isStranded(state: SvmState, { client, signal }: Pick<Context<Client>, "client" | "signal">) {
  const listed = await client.server.judge.listed(known(state), { signal });
  return listed?.is === "uncertain" && listed.why === "missing";
}
