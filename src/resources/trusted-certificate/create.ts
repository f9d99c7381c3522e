/** Has the Integration Server trust what is presented now, or what the configuration says has to be. */
import { failureOf, type IntegrationServer } from "../../integration-server";
import { type CreateRequest, DiagnosticError, isUnknown } from "../../terraform";
import { sameThumbprint } from "../../validators";
import type { Client } from "../shared/client";
import { untilSeen } from "../shared/effect";
import { type Endpoint, endpointId, endpointOf, presentedAt, presentedThing } from "../shared/endpoint";
import { explained } from "../shared/errors";
import { observe } from "./read";
import type { TrustedCertificateAttributes, TrustedCertificateState } from "./schema";
import { stateOf } from "./state";

export async function create(
  request: CreateRequest<TrustedCertificateAttributes, Client>,
): Promise<TrustedCertificateState> {
  const {
    client: { server },
    plan,
    save,
    signal,
  } = request;
  const endpoint = endpointOf(plan.protocol, plan.address);
  const presented = await presentedAt(endpoint, server, signal);
  const expected = isUnknown(plan.thumbprint) ? presented.thumbprint : (plan.thumbprint ?? presented.thumbprint);
  if (!sameThumbprint(expected, presented.thumbprint)) throw refusal(endpoint, expected, presented.thumbprint);
  await trust(endpoint, presented.thumbprint, server, signal);
  const trusted = {
    ...stateOf(endpoint, presented),
    address: plan.address,
    thumbprint: expected,
  };
  save(trusted);
  return observe(trusted, request);
}

function refusal(endpoint: Endpoint, expected: string, presented: string): DiagnosticError {
  const thing = presentedThing(endpoint);
  return new DiagnosticError(
    `The ${thing} of ${endpointId(endpoint)} is not the expected one`,
    `The thumbprint ${expected} is expected, but ${presented} is presented. Nothing was trusted. Compare with the thumbprint on the server itself: if the presented one is right, set it as thumbprint; if not, someone may stand between the Integration Server and this server.`,
    ["thumbprint"],
  );
}

/** Adds the rule once. When the answer is lost, what is presented tells whether the rule took effect. */
async function trust(
  endpoint: Endpoint,
  thumbprint: string,
  server: IntegrationServer,
  signal: AbortSignal,
): Promise<void> {
  try {
    await server.certificates.trust({ address: endpoint.address, thumbprint }, { signal });
  } catch (error) {
    const failure = explained(`trust the ${presentedThing(endpoint)} of ${endpointId(endpoint)}`, error);
    if (failureOf(error).effect === "none") throw failure;
    const look = async () => {
      const presented = await presentedAt(endpoint, server, signal);
      const isTheSame = sameThumbprint(presented.thumbprint, thumbprint);
      return presented.accepted || !isTheSame ? { isTrusted: isTheSame } : undefined;
    };
    const seen = await untilSeen(failure, look, { server, signal });
    if (seen?.isTrusted !== true) throw failure;
  }
}
