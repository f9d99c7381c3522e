/**
 * A second SVM of the same name in the same place. A run that was killed while it deployed leaves no trace that could be
 * found before its SVM appears, so the next run may deploy another one: then, at least, nobody has to find out by himself.
 */
import type { VirtualMachine } from "../../integration-server";
import type { Context } from "../../terraform";
import type { Client } from "../shared/client";
import { hclString } from "../shared/pasting";
import { importId, type Placed, svmName } from "./placement";

/** @param vm the SVM that the state knows, as it was just seen */
export async function warnOfNamesakes(
  placed: Placed,
  vm: VirtualMachine,
  { client, signal, warn }: Context<Client>,
): Promise<void> {
  const { infrastructureId } = placed;
  for (const { id } of await client.server.svms.namesakes({ infrastructureId, vm }, { signal })) {
    warn({
      summary: `There is a second ${svmName(placed)}`,
      detail: `The state has the one with the id ${vm.id}; it does not have the one with the id ${id}, which may come from a run that was killed while it deployed. Remove that SVM in the infrastructure, or import it as another resource with the id ${hclString(importId(infrastructureId, id))}.`,
    });
  }
}
