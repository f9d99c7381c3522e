/** Which infrastructure is meant, and whether the Integration Server has it. */
import { type Infrastructure, type IntegrationServer, isNotFound } from "../../integration-server";
import { type Context, DiagnosticError } from "../../terraform";
import type { Client } from "../shared/client";
import { platformOf } from "../shared/connection-problems";
import { explained } from "../shared/errors";
import { type Purpose, unlessLeaving } from "../shared/removal";
import { isInfrastructureType, mayBeSameInfrastructureAddress } from "../shared/schema/infrastructure-types";
import type { InfrastructureState } from "./schema";

/** The infrastructure, unless it is gone, or is on its way because its removal was sent. */
export async function findStaying(
  id: string,
  context: Pick<Context<Client>, "client" | "log" | "signal" | "warn">,
  purpose?: Purpose,
): Promise<Infrastructure | undefined> {
  const look = () => find(id, context.client.server, context.signal);
  return unlessLeaving("infrastructure", await look(), look, context, purpose);
}

/** The infrastructure, or undefined when the Integration Server says that it does not exist. */
export async function find(
  id: string,
  server: IntegrationServer,
  signal: AbortSignal,
): Promise<Infrastructure | undefined> {
  try {
    return await server.infrastructures.get(id, { signal });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw explained(`read the infrastructure "${id}"`, error);
  }
}

/**
 * Whether the connection of an id is the one that is meant. Of another kind, it is another one: the id was given anew. An
 * address that differs is drift, and a kind that nobody knows is a new spelling.
 */
export function isOurs({ type }: Pick<InfrastructureState, "type">, seen: Infrastructure): boolean {
  return seen.type === type || !isInfrastructureType(seen.type);
}

/** Whether what is seen right after a connection was added is that one, and not what an answer has confused it with. */
export function isAsAdded({ type, address }: Pick<InfrastructureState, "type" | "address">, seen: Infrastructure) {
  return isOurs({ type }, seen) && mayBeSameInfrastructureAddress(type, address, seen.address);
}

export function idOf({ id, address }: Pick<InfrastructureState, "id" | "address">): string {
  if (id !== null) return id;
  throw new DiagnosticError(
    `The infrastructure at ${address} has no id in the state`,
    'Remove it from the state with "terraform state rm" and import it by the id that it was given when it was added. Where nobody has that, remove the connection in the Integration Server Console, and apply again: SVMs run on.',
  );
}

/** "VMware vSphere at vc.example.com" */
export function nameOf({ type, address }: Pick<Infrastructure, "type" | "address">): string {
  return `${platformOf(type)} at ${address}`;
}

/** What the journal and messages call a connection. */
export function connectionName(of: Pick<Infrastructure, "type" | "address">): string {
  return `connection to ${nameOf(of)}`;
}
