/** What to paste into a configuration where the Integration Server does not trust a certificate or a key. */
import { parseAddress } from "../../integration-server/address";
import { hclString } from "./pasting";

export interface Untrusted {
  /** What to call the resource. */
  readonly name: string;
  readonly address: string;
  readonly protocol: string;
}

/** What has to wait for the trust. */
export interface Dependent {
  /** Such as "the infrastructure". */
  readonly name: string;
  /** What does the same in CDKTF, such as "trust of the Infrastructure to true". */
  readonly inCdktf: string;
}

export const OF_INFRASTRUCTURE: Dependent = {
  name: "the infrastructure",
  inCdktf: "trust of the Infrastructure to true or { thumbprint }",
};
export const OF_MICROSERVICE: Dependent = {
  name: "the infrastructure",
  inCdktf: "trust of the Infrastructure to { microservices: [ … ] } with this address",
};
export const OF_RESERVE_SERVER: Dependent = {
  name: "the reserve server",
  inCdktf: "trust of the ReserveServer to true or { thumbprint }",
};

const ANY_PORT = 1;

export function howToTrust({ name, inCdktf }: Dependent, untrusted: readonly Untrusted[]): string {
  const cdktf = `In CDKTF, set ${inCdktf}.`;
  // What is no address is not repeated for pasting, whoever says it.
  const resources = untrusted.filter(({ address }) => parseAddress(address, ANY_PORT) !== undefined).map(trustResource);
  if (resources.length === 0) return `Add a ksvla_trusted_certificate for it, and let ${name} depend on that. ${cdktf}`;
  return `Add this, and let ${name} depend on it (depends_on). ${cdktf}\n\n${resources.join("\n\n")}`;
}

/** A resource that trusts what is presented at an address, indented for the detail of an error. */
function trustResource({ name, address, protocol }: Untrusted): string {
  const lines = [
    `resource "ksvla_trusted_certificate" "${name.replace(/[^A-Za-z0-9_]/g, "_")}" {`,
    `  address  = ${hclString(address)}`,
    `  protocol = ${hclString(protocol)}`,
    "}",
  ];
  return lines.map((line) => `  ${line}`).join("\n");
}
