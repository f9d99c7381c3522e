/** Looks at a connection; one that has failed is a warning, not an error. */
import type { ReadRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { connectionProblems, platformOf } from "../shared/connection-problems";
import { find, idOf } from "./identity";
import type { InfrastructureAttributes, InfrastructureState } from "./schema";
import { refreshedSettings, stateOf } from "./state";

export async function read({
  client: { server, journal },
  state,
  signal,
  warn,
}: ReadRequest<InfrastructureAttributes, Client>): Promise<InfrastructureState | null> {
  const id = idOf(state);
  const infrastructure = await find(id, server, signal);
  if (infrastructure === undefined) {
    journal.gone("infrastructure", id);
    return null;
  }
  const settings = refreshedSettings(state, infrastructure);
  const problems = connectionProblems(infrastructure, {
    address: settings.address,
    admin: settings.admin.name,
    readOnly: settings.readOnly?.name ?? null,
  });
  if (problems.length > 0) {
    warn({
      summary: `${platformOf(settings.type)} at ${settings.address} is not connected`,
      detail: problems.map(({ detail }) => detail).join("\n\n"),
    });
  }
  return stateOf(settings, infrastructure);
}
