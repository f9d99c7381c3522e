import { isUnknown, type UpdateRequest } from "../../terraform";
import type { Client } from "../shared/client";
import type { TrustedCertificateAttributes, TrustedCertificateState } from "./schema";

/** The server is not asked: `plan` lets nothing but another spelling come here. */
export async function update({
  plan,
  state,
}: UpdateRequest<TrustedCertificateAttributes, Client>): Promise<TrustedCertificateState> {
  return {
    ...state,
    address: plan.address,
    thumbprint: isUnknown(plan.thumbprint) ? state.thumbprint : plan.thumbprint,
  };
}
