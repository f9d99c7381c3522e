import type { PlanChanges, PlanRequest } from "../../terraform";
import { sameThumbprint } from "../../validators";
import type { Client } from "../shared/client";
import { endpointId, endpointOf } from "../shared/endpoint";
import type { TrustedCertificateAttributes } from "./schema";

/** Another spelling of the address or the thumbprint is no change: the state keeps its own. */
export async function plan({
  state,
  planned,
}: PlanRequest<TrustedCertificateAttributes, Client>): Promise<PlanChanges<TrustedCertificateAttributes> | undefined> {
  if (state === null || planned === null) return undefined;
  const { protocol, address, thumbprint } = state;
  const idOf = (text: string) => endpointId(endpointOf(protocol, text));
  const isSameEndpoint = typeof planned.address === "string" && idOf(address) === idOf(planned.address);
  const isSameCertificate =
    typeof planned.thumbprint === "string" && thumbprint !== null && sameThumbprint(thumbprint, planned.thumbprint);
  return { planned: { ...(isSameEndpoint && { address }), ...(isSameCertificate && { thumbprint }) } };
}
