/** Looking at an SVM that is there. */
import type { VirtualMachine } from "../../integration-server";
import { isSameId } from "../../integration-server/ids";
import type { Context } from "../../terraform";
import type { Client } from "../shared/client";
import { type Placed, whereabouts } from "./placement";
import type { SvmState } from "./schema";
import type { Seen } from "./state";
import { warnOfNamesakes } from "./warnings";

/** With the place that it runs on; that is asked for its name only when it is another one than the state knows. */
export async function seenIn(
  vm: VirtualMachine,
  infrastructureId: string,
  runningOn: SvmState["runningOn"],
  { client, signal }: Pick<Context<Client>, "client" | "signal">,
): Promise<Seen> {
  const { parentId } = vm;
  if (parentId === undefined || isSameId(parentId, runningOn?.id)) return { vm, runningOn };
  const name = await client.server.judge.places.nameOf(infrastructureId, parentId, signal);
  return { vm, runningOn: { id: parentId, name: name ?? null } };
}

/** After a change that has succeeded, which must not fail any more: what a look cannot tell now, the next refresh does. */
export async function readBack(
  placed: Placed,
  id: string,
  runningOn: SvmState["runningOn"],
  context: Context<Client>,
): Promise<Seen | undefined> {
  const { client, signal, log } = context;
  try {
    const svm = { ...whereabouts(placed), id, runningOn: runningOn?.id ?? undefined };
    const listed = await client.server.judge.listed(svm, { signal });
    if (listed?.is !== "there") return undefined;
    await warnOfNamesakes(placed, id, context);
    return await seenIn(listed.vm, placed.infrastructureId, runningOn, context);
  } catch (error) {
    log.warn("The SVM was changed, but could not be looked at", { svm: placed.name, error: String(error) });
    return undefined;
  }
}
