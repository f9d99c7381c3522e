/** Removes a connection; one that is already gone is a success. */
import { failureOf } from "../../integration-server";
import type { Context, DeleteRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { explained } from "../shared/errors";
import { find, idOf, nameOf } from "./identity";
import type { InfrastructureAttributes } from "./schema";

export async function remove(request: DeleteRequest<InfrastructureAttributes, Client>): Promise<void> {
  const { state } = request;
  await disconnect(idOf(state), nameOf(state), request);
}

/** @param name what is connected to */
export async function disconnect(
  id: string,
  name: string,
  { client: { server, journal }, signal }: Pick<Context<Client>, "client" | "signal">,
): Promise<void> {
  try {
    await server.infrastructures.delete(id, { signal });
  } catch (error) {
    const { kind, effect } = failureOf(error);
    const mayBeGone = kind === "missing" || effect === "unknown";
    if (!mayBeGone || (await find(id, server, signal)) !== undefined) {
      throw explained(`remove the connection to ${name}`, error);
    }
  }
  journal.gone("infrastructure", id);
}
