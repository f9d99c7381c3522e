/** Removes a connection; one that is already gone is a success. */
import { AnswerLostError, type IntegrationServer, isNotFound } from "../../integration-server";
import type { DeleteRequest } from "../../terraform";
import { explained } from "../shared/errors";
import { find, idOf, nameOf } from "./identity";
import type { InfrastructureAttributes } from "./schema";

export async function remove({
  client,
  state,
  signal,
}: DeleteRequest<InfrastructureAttributes, IntegrationServer>): Promise<void> {
  const id = idOf(state);
  try {
    await client.infrastructures.delete(id, { signal });
  } catch (error) {
    if (isNotFound(error)) return;
    if (error instanceof AnswerLostError && (await find(id, client, signal)) === undefined) return;
    throw explained(`remove the connection to ${nameOf(state)}`, error);
  }
}
