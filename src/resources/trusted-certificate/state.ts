import type { PresentedCertificate } from "../../integration-server";
import { formatAddress } from "../../integration-server/address";
import { type Endpoint, endpointId } from "../shared/endpoint";
import type { TrustedCertificateState } from "./schema";

/** The state of what is presented at an endpoint. */
export function stateOf(endpoint: Endpoint, presented: PresentedCertificate): TrustedCertificateState {
  const { thumbprint, data, accepted, validationWarnings, validationErrors } = presented;
  return {
    address: formatAddress(endpoint.address),
    protocol: endpoint.protocol,
    thumbprint,
    id: endpointId(endpoint),
    data,
    accepted,
    validationWarnings,
    validationErrors,
  };
}
