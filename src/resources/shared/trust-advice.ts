/** What to paste into a configuration where the Integration Server does not trust a certificate or a key. */

/** @param dependent what has to wait for the trust, such as "the infrastructure" */
export function howToTrust(dependent: string, resources: readonly string[]): string {
  return `Add this, and let ${dependent} depend on it (depends_on):\n\n${resources.join("\n\n")}`;
}

/** A resource that trusts what is presented at an address, indented for the detail of an error. */
export function trustResource(name: string, address: string, protocol: string): string {
  const lines = [
    `resource "ksvla_trusted_certificate" "${name}" {`,
    `  address  = "${address}"`,
    `  protocol = "${protocol}"`,
    "}",
  ];
  return lines.map((line) => `  ${line}`).join("\n");
}
