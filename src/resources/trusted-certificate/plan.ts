import type { PlanChanges, PlanRequest, Unknown } from "../../terraform";
import { sameThumbprint } from "../../validators";
import type { Client } from "../shared/client";
import { endpointId, endpointOf } from "../shared/endpoint";
import type { TrustedCertificateAttributes, TrustedCertificateState } from "./schema";

/** Another spelling of the same address or thumbprint replaces nothing. */
export async function plan({
  state,
  planned,
}: PlanRequest<TrustedCertificateAttributes, Client>): Promise<PlanChanges<TrustedCertificateAttributes> | undefined> {
  if (state === null || planned === null) return undefined;
  const sameEndpoint = planned.protocol === state.protocol && writesSameEndpoint(state, planned.address);
  const { thumbprint } = planned;
  const sameCertificate =
    typeof thumbprint === "string" && state.thumbprint !== null && sameThumbprint(thumbprint, state.thumbprint);
  return { keepsInPlace: [...(sameEndpoint ? [["address"]] : []), ...(sameCertificate ? [["thumbprint"]] : [])] };
}

function writesSameEndpoint(
  { protocol, address, id }: TrustedCertificateState,
  planned: string | null | Unknown,
): boolean {
  return address !== planned && typeof planned === "string" && endpointId(endpointOf(protocol, planned)) === id;
}
