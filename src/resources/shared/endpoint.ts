/** Where a certificate or an SSH key is presented, how that place is written as an id, and what it presents. */
import type { IntegrationServer, PresentedCertificate } from "../../integration-server";
import { type Address, canonicalAddress, formatAddress, parseAddress } from "../../integration-server/address";
import { parsedAddress } from "./address";
import { attempt } from "./errors";
import type { TrustProtocol } from "./schema/infrastructure-types";

export interface Endpoint {
  readonly protocol: TrustProtocol;
  readonly address: Address;
}

/** The port where the address names none: the protocol's own. */
const DEFAULT_PORTS: Readonly<Record<TrustProtocol, number>> = { https: 443, ssh: 22 };

/** The endpoint of a configured address. */
export function endpointOf(protocol: TrustProtocol, address: string): Endpoint {
  return { protocol, address: parsedAddress(address, DEFAULT_PORTS[protocol]) };
}

/** `https://host:port` or `ssh://host:port`: the same one however the address is spelled. */
export function endpointId({ protocol, address }: Endpoint): string {
  return `${protocol}://${canonicalAddress(formatAddress(address), address.port)}`;
}

/** Reads an id, in whatever spelling; undefined when it is none. */
export function parseEndpointId(id: string): Endpoint | undefined {
  const [, scheme = "", text = ""] = /^(https|ssh):\/\/(.+)$/i.exec(id) ?? [];
  const protocol = scheme.toLowerCase();
  const address = parseAddress(text);
  return address !== undefined && (protocol === "https" || protocol === "ssh") ? { protocol, address } : undefined;
}

/** What is presented there, in words. */
export function presentedThing({ protocol }: Endpoint): string {
  return protocol === "https" ? "certificate" : "SSH key";
}

/** What the Integration Server is shown at an endpoint right now. */
export function presentedAt(
  endpoint: Endpoint,
  server: IntegrationServer,
  signal: AbortSignal,
): Promise<PresentedCertificate> {
  return attempt(`get the ${presentedThing(endpoint)} of ${endpointId(endpoint)}`, () =>
    server.certificates.present(endpoint.address, endpoint.protocol, { signal }),
  );
}
