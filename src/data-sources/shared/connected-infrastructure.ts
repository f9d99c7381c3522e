/** Before anything in an infrastructure is looked up: it has to be connected. */
import type { Infrastructure } from "../../integration-server";
import type { Client } from "../../resources/shared/client";
import { connectionProblems, platformOf } from "../../resources/shared/connection-problems";
import { attempt, combined } from "../../resources/shared/errors";
import { type Context, DiagnosticError } from "../../terraform";

export interface Lookup {
  readonly infrastructureId: string;
  readonly refresh: boolean | null;
}

/**
 * Updates what the Integration Server knows, where that is asked for, and waits while a connection is being made. The
 * request's signal bounds the wait.
 */
export async function connectedInfrastructure(
  { infrastructureId, refresh }: Lookup,
  { client: { server }, signal }: Context<Client>,
): Promise<Infrastructure> {
  if (refresh === true) {
    await attempt(`refresh the infrastructure ${infrastructureId}`, () =>
      server.infrastructures.refresh(infrastructureId, { signal }),
    );
  }
  const infrastructure = await attempt(`read the infrastructure ${infrastructureId}`, () =>
    server.infrastructures.waitForConnection(infrastructureId, { signal }),
  );
  const { address, accounts } = infrastructure;
  const problems = connectionProblems(infrastructure, {
    address,
    admin: accounts.admin?.name ?? null,
    readOnly: accounts.readOnly?.name ?? null,
  });
  if (problems.length === 0) return infrastructure;
  // The attributes at fault are the infrastructure's, not the look-up's.
  throw combined(problems.map(({ summary, detail }) => new DiagnosticError(summary, detail, ["infrastructureId"])));
}

/** Refuses a look-up that the kind of infrastructure cannot answer, and names the one that can. */
export function requireKind({ type, id }: Infrastructure, isRightKind: boolean, lacks: string, instead: string): void {
  if (isRightKind) return;
  throw new DiagnosticError(
    `The infrastructure ${id} has no ${lacks}`,
    `Its type is ${type} (${platformOf(type)}). Use ${instead} instead.`,
    ["infrastructureId"],
  );
}
