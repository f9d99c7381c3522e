/** Looks at a connection; one that has failed is a warning, not an error. */
import type { ReadRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { connectionProblems } from "../shared/connection-problems";
import { warnIfElsewhere } from "../shared/journal";
import { inOrderOf } from "../shared/order";
import { unchangedSinceAdded } from "./as-added";
import { findStaying, idOf, isOurs, nameOf } from "./identity";
import type { InfrastructureAttributes, InfrastructureState } from "./schema";
import { refreshedSettings, stateOf } from "./state";

export async function read(
  request: ReadRequest<InfrastructureAttributes, Client>,
): Promise<InfrastructureState | null> {
  const { state, warn } = request;
  const { journal } = request.client;
  const id = idOf(state);
  const infrastructure = await findStaying(id, request, { forPlan: true });
  if (infrastructure === undefined) {
    warnIfElsewhere({ kind: "infrastructure", id, name: `connection to ${nameOf(state)}` }, request);
    journal.gone("infrastructure", id);
    return null;
  }
  if (!isOurs(state, infrastructure)) {
    warn({
      summary: `The connection to ${nameOf(state)} is gone`,
      detail: `The Integration Server has given its id, "${id}", to the connection to ${nameOf(infrastructure)}, which is left alone.`,
    });
    journal.gone("infrastructure", id);
    return null;
  }
  const settings = refreshedSettings(state, infrastructure, unchangedSinceAdded(infrastructure, request));
  const problems = connectionProblems(infrastructure, {
    address: settings.address,
    admin: settings.admin.name,
    readOnly: settings.readOnly?.name ?? null,
  });
  if (problems.length > 0) {
    warn({
      summary: `${nameOf(settings)} is not connected`,
      detail: problems.map(({ detail }) => detail).join("\n\n"),
    });
  }
  const { microservices, ...seen } = stateOf(settings, infrastructure);
  return { ...seen, microservices: microservices && inOrderOf(state.microservices, microservices, keyOfService) };
}

function keyOfService({ region, service, address }: NonNullable<InfrastructureState["microservices"]>[number]): string {
  return JSON.stringify([region, service, address]);
}
