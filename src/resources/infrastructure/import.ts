/** Takes over a connection that Terraform did not make; passwords, which nobody tells, are adopted from the configuration. */
import { DiagnosticError, type ImportRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { find } from "./identity";
import type { InfrastructureState } from "./schema";
import { importedSettings, stateOf } from "./state";

export async function importState({
  id,
  client: { server },
  signal,
}: ImportRequest<Client>): Promise<InfrastructureState> {
  const infrastructure = await find(id, server, signal);
  if (infrastructure === undefined) {
    throw new DiagnosticError(
      `Unable to import the infrastructure "${id}"`,
      "The Integration Server has no infrastructure of this id. The import id is what it answered as infrastructureId when the infrastructure was added: the API has no list of connections. The state or the output of whoever added it has it.",
    );
  }
  const settings = importedSettings(infrastructure);
  if (settings !== undefined) return stateOf(settings, infrastructure);
  throw new DiagnosticError(
    `Unable to import the infrastructure "${id}"`,
    `Its type is ${infrastructure.type}, which this version of the provider does not know. A newer version of cdktf-ksvla may.`,
  );
}
