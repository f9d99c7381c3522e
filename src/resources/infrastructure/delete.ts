/** Removes a connection; one that is already gone is a success. */
import type { Infrastructure } from "../../integration-server";
import { type Context, type DeleteRequest, DiagnosticError } from "../../terraform";
import type { Client } from "../shared/client";
import { explained } from "../shared/errors";
import { type Removal, removeById } from "../shared/removal";
import { find, findStaying, idOf, isOurs, nameOf } from "./identity";
import type { InfrastructureAttributes, InfrastructureState } from "./schema";

export async function remove(request: DeleteRequest<InfrastructureAttributes, Client>): Promise<void> {
  const { client, log, state } = request;
  const id = idOf(state);
  if (client.journal.takeCleared("infrastructure", id)) {
    log.info("Was removed before its successor was added", { infrastructure: id });
    return;
  }
  const present = await findStaying(id, request);
  if (present === undefined) return client.journal.gone("infrastructure", id);
  if (!isOurs(state, present)) throw anotherOne(state, present);
  await disconnect(id, nameOf(state), request);
}

/** @param name what is connected to */
export async function disconnect(
  id: string,
  name: string,
  context: Pick<Context<Client>, "client" | "signal" | "timeout">,
): Promise<void> {
  const { client, signal } = context;
  const removal: Removal = {
    kind: "infrastructure",
    id,
    name: `connection to ${name}`,
    remove: () => client.server.infrastructures.delete(id, { signal }),
    find: () => find(id, client.server, signal),
    explain: (error) => explained(`remove the connection to ${name}`, error),
  };
  await removeById(removal, context);
}

function anotherOne(state: InfrastructureState, present: Infrastructure): DiagnosticError {
  return new DiagnosticError(
    `Unable to remove the connection to ${nameOf(state)}`,
    `The Integration Server has given its id, "${present.id}", to the connection to ${nameOf(present)}. Nothing was removed. Plan without "-refresh=false", and the state forgets the connection that is gone.`,
  );
}
