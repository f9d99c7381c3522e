import { DiagnosticError, type ImportRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { parseEndpointId, presentedAt, presentedThing } from "../shared/endpoint";
import type { TrustedCertificateState } from "./schema";
import { stateOf } from "./state";

/** What is trusted is what is presented and accepted; the API has no list of rules. */
export async function importState({
  id,
  client: { server },
  signal,
}: ImportRequest<Client>): Promise<TrustedCertificateState> {
  const endpoint = parseEndpointId(id);
  if (endpoint === undefined) {
    throw new DiagnosticError(
      "Invalid import id",
      `The import id must be https://host:port or ssh://host:port, such as "https://vc.example.com:443", without a user name or a password.`,
    );
  }
  const presented = await presentedAt(endpoint, server, signal);
  if (presented.accepted) return stateOf(endpoint, presented);
  throw new DiagnosticError(
    `Unable to import "${id}"`,
    `The Integration Server does not trust the ${presentedThing(endpoint)} that is presented there (thumbprint ${presented.thumbprint}), so there is nothing to import. Compare the thumbprint, then let Terraform create the resource.`,
  );
}
