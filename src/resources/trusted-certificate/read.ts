import { ApiError, MalformedAnswerError, type PresentedCertificate } from "../../integration-server";
import type { Context, ReadRequest } from "../../terraform";
import { sameThumbprint } from "../../validators";
import type { Client } from "../shared/client";
import { endpointId, endpointOf, presentedThing } from "../shared/endpoint";
import { explained, sentence } from "../shared/errors";
import type { TrustedCertificateAttributes, TrustedCertificateState } from "./schema";

export function read(request: ReadRequest<TrustedCertificateAttributes, Client>): Promise<TrustedCertificateState> {
  return observe(request.state, request);
}

/** Looks whether what was trusted is still presented. Whatever is found, nothing is trusted here. */
export async function observe(
  known: TrustedCertificateState,
  { client: { server }, signal, warn }: Context<Client>,
): Promise<TrustedCertificateState> {
  const endpoint = endpointOf(known.protocol, known.address);
  const id = endpointId(endpoint);
  const thing = presentedThing(endpoint);
  let presented: PresentedCertificate;
  try {
    presented = await server.certificates.present(endpoint.address, endpoint.protocol, { signal });
  } catch (error) {
    // An answer is about the server that was asked for, whatever it says; without any, ours is not reachable.
    const isAnswered = error instanceof ApiError || error instanceof MalformedAnswerError;
    if (!isAnswered) throw explained(`get the ${thing} of ${id}`, error);
    warn({
      summary: `The ${thing} of ${id} cannot be checked`,
      detail: `${sentence(error.message)} The state stays as it was. Check that the server runs and that the Integration Server reaches it.`,
    });
    return known;
  }
  const unchanged = known.thumbprint !== null && sameThumbprint(known.thumbprint, presented.thumbprint);
  if (!unchanged) {
    warn({
      summary: `The ${thing} of ${id} has changed`,
      detail: `The Integration Server trusts the thumbprint ${known.thumbprint}, but ${id} now presents ${presented.thumbprint}. Nothing was trusted. If it was changed on purpose, compare the new thumbprint with the server's own, then set thumbprint = "${presented.thumbprint}". Where the configuration sets no thumbprint, "terraform apply -replace=ADDRESS", with this resource's address, trusts what is presented then.`,
      path: ["thumbprint"],
    });
  }
  return {
    ...known,
    accepted: unchanged && presented.accepted,
    validationWarnings: presented.validationWarnings,
    validationErrors: presented.validationErrors,
  };
}
