/** Removes a connection; one that is already gone is a success. */
import { failureOf } from "../../integration-server";
import type { DeleteRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { explained } from "../shared/errors";
import { find, idOf, nameOf } from "./identity";
import type { InfrastructureAttributes } from "./schema";

export async function remove({
  client: { server },
  state,
  signal,
}: DeleteRequest<InfrastructureAttributes, Client>): Promise<void> {
  const id = idOf(state);
  try {
    await server.infrastructures.delete(id, { signal });
  } catch (error) {
    const { kind, effect } = failureOf(error);
    const mayBeGone = kind === "missing" || effect === "unknown";
    if (mayBeGone && (await find(id, server, signal)) === undefined) return;
    throw explained(`remove the connection to ${nameOf(state)}`, error);
  }
}
