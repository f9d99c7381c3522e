/** Addresses of reserve servers: a missing port is the usual one of Integration Servers. */
import { formatAddress, INTEGRATION_SERVER_PORT, parseAddress, sameAddress } from "../../../integration-server/address";

export const RESERVE_SERVER_PORT = INTEGRATION_SERVER_PORT;

/** True when both name the same server. */
export function sameServer(one: string, other: string): boolean {
  return sameAddress(one, other, RESERVE_SERVER_PORT);
}

/** `host:port`; text that is no address stays as it is. */
export function withPort(address: string): string {
  const parsed = parseAddress(address, RESERVE_SERVER_PORT);
  return parsed === undefined ? address : formatAddress(parsed);
}
