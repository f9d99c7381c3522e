import type { DeleteRequest } from "../../terraform";
import type { Client } from "../shared/client";
import type { TrustedCertificateAttributes } from "./schema";

/** The API documents no removal of trust. */
export async function remove({ state, warn }: DeleteRequest<TrustedCertificateAttributes, Client>): Promise<void> {
  const id = state.id ?? state.address;
  warn({
    summary: `The Integration Server still trusts ${id}`,
    detail: `The API documents no removal of trust, so the rule for ${id} with thumbprint ${state.thumbprint} stays on the Integration Server; Terraform forgets it. Remove it in the Integration Server Console if it must not stay.`,
  });
}
