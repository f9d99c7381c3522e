/** What to paste into a configuration where the Integration Server does not trust a certificate or a key. */
import { parseAddress } from "../../integration-server/address";
import { hclString } from "./pasting";

export interface Untrusted {
  /** What to call the resource. */
  readonly name: string;
  readonly address: string;
  readonly protocol: string;
}

const ANY_PORT = 1;

/** @param dependent what has to wait for the trust, such as "the infrastructure" */
export function howToTrust(dependent: string, untrusted: readonly Untrusted[]): string {
  // What is no address is not repeated for pasting, whoever says it.
  const resources = untrusted.filter(({ address }) => parseAddress(address, ANY_PORT) !== undefined).map(trustResource);
  if (resources.length === 0) return `Add a ksvla_trusted_certificate for it, and let ${dependent} depend on that.`;
  return `Add this, and let ${dependent} depend on it (depends_on):\n\n${resources.join("\n\n")}`;
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
