import { type Address, parseAddress } from "../../integration-server/address";
import { DiagnosticError } from "../../terraform";

/** What an `address` attribute names; its validator has refused whatever is none, but for values that came later. */
export function parsedAddress(address: string, defaultPort: number): Address {
  const parsed = parseAddress(address, defaultPort);
  if (parsed !== undefined) return parsed;
  throw new DiagnosticError(
    "Invalid address",
    `The address "${address}" is no host or host:port. Write it as "vcenter.example.com" or "vcenter.example.com:443".`,
    ["address"],
  );
}
