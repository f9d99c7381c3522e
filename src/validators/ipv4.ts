/** IPv4 addresses and subnet masks. */

const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const ADDRESS = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);

/** Validator: an IPv4 address in dotted decimal form. */
export function ipv4Address(text: string): string | undefined {
  return ADDRESS.test(text) ? undefined : `must be an IPv4 address such as "10.0.0.5", got: "${text}"`;
}

/** Validator: a subnet mask in dotted decimal form, which is ones first and zeros after them. */
export function subnetMask(text: string): string | undefined {
  const isMask = ADDRESS.test(text) && /^1+0*$/.test(bitsOf(text));
  if (isMask) return undefined;
  return `must be a contiguous IPv4 subnet mask such as "255.255.255.0", got: "${text}"`;
}

function bitsOf(address: string): string {
  return address
    .split(".")
    .map((octet) => Number(octet).toString(2).padStart(8, "0"))
    .join("");
}
