/** Removes a connection; one that is already gone is a success. */
import type { Infrastructure } from "../../integration-server";
import { type Context, type DeleteRequest, DiagnosticError } from "../../terraform";
import type { Client } from "../shared/client";
import { isGoneAfter } from "../shared/effect";
import { explained } from "../shared/errors";
import { find, idOf, isOurs, nameOf } from "./identity";
import type { InfrastructureAttributes, InfrastructureState } from "./schema";

export async function remove(request: DeleteRequest<InfrastructureAttributes, Client>): Promise<void> {
  const { client, state, signal } = request;
  const id = idOf(state);
  const present = await find(id, client.server, signal);
  if (present === undefined) return client.journal.gone("infrastructure", id);
  if (!isOurs(state, present)) throw anotherOne(state, present);
  await disconnect(id, nameOf(state), request);
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
    const failure = explained(`remove the connection to ${name}`, error);
    if (!(await isGoneAfter(error, failure, () => find(id, server, signal), { server, signal }))) throw failure;
  }
  journal.gone("infrastructure", id);
}

function anotherOne(state: InfrastructureState, present: Infrastructure): DiagnosticError {
  return new DiagnosticError(
    `Unable to remove the connection to ${nameOf(state)}`,
    `The Integration Server has given its id, "${present.id}", to the connection to ${nameOf(present)}. Nothing was removed. Plan without "-refresh=false", and the state forgets the connection that is gone.`,
  );
}
