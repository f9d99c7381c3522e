/** SVMs whose connection is gone: what replaces one would leave the old one running, out of reach. */
import { type Context, DiagnosticError, isUnknown } from "../../terraform";
import type { Client } from "../shared/client";
import { attempt } from "../shared/errors";
import { svmName } from "./naming";
import type { SvmPlanned, SvmState } from "./schema";
import { isImported } from "./state";

/**
 * Refuses to replace an SVM that has not followed to its new connection yet. Terraform removes the old one, perhaps
 * after the new one was created, through the connection in the state. A connection that the same apply replaces exists
 * until the SVM was removed, but is of no use when it is down, as after a rotation of its password.
 */
export async function refuseStranding(
  state: SvmState,
  planned: SvmPlanned,
  context: Pick<Context<Client>, "client" | "signal">,
): Promise<void> {
  const { client, signal } = context;
  const { infrastructureId } = planned;
  if (infrastructureId === state.infrastructureId) return;
  const isReplaced = planned.name !== state.name || (!isImported(state) && planned.imageId !== state.imageId);
  if (!isReplaced) return;
  const why = await attempt(`look at the connection "${state.infrastructureId}"`, () =>
    client.server.judge.outOfReach(state.infrastructureId, { signal }),
  );
  if (why === undefined) return;
  const successor = isUnknown(infrastructureId)
    ? "is replaced by this apply, too"
    : `was replaced by "${infrastructureId}"`;
  const reach = why === "down" ? `is down, and ${successor}` : successor;
  throw new DiagnosticError(
    `Unable to replace the ${svmName(state, context)}`,
    `The connection "${state.infrastructureId}", through which the SVM would be removed, ${reach}. Apply without the new image or name first: the SVM then follows to the new connection, and nothing is deployed or removed. After that, it can be replaced.`,
    [planned.name !== state.name ? "name" : "imageId"],
  );
}
