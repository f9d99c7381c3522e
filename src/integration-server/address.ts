/** Host and port, parsed and formatted in one place. */
import { isIP, isIPv6 } from "node:net";

/** The port on which an Integration Server listens unless told otherwise. */
export const INTEGRATION_SERVER_PORT = 7271;

export interface Address {
  /** A name or an IP address; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
}

const NAME = /^(?=.{1,253}$)[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?\.?$/u;
const DOTTED_NUMBERS = /^[\d.]+$/;
const PORT = /^\d{1,5}$/;

/**
 * Reads `host`, `host:port`, `[IPv6]` or `[IPv6]:port`; an IPv6 address without a port needs no brackets.
 * Undefined when it is none of these, or has no port and there is no default one.
 */
export function parseAddress(text: string, defaultPort?: number): Address | undefined {
  const { host, port } = split(text);
  const number = port === undefined ? defaultPort : parsePort(port);
  return number !== undefined && isHost(host) ? { host, port: number } : undefined;
}

/** Reads the address of an Integration Server: as `parseAddress`, also as an `https://` URL without a path. */
export function parseServerAddress(text: string): Address | undefined {
  return parseAddress(text.replace(/^https:\/\/([^/]*)\/?$/i, "$1"), INTEGRATION_SERVER_PORT);
}

/** `host:port`, or `[IPv6]:port`. */
export function formatAddress({ host, port }: Address): string {
  return `${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

function split(text: string): { host: string; port: string | undefined } {
  if (isIPv6(text)) return { host: text, port: undefined };
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  // Brackets hold IPv6 only: a name in them must not pass as a host.
  if (bracketed) return { host: isIPv6(bracketed[1] ?? "") ? (bracketed[1] ?? "") : "", port: bracketed[2] };
  const colon = text.indexOf(":");
  return colon < 0 ? { host: text, port: undefined } : { host: text.slice(0, colon), port: text.slice(colon + 1) };
}

function isHost(host: string): boolean {
  if (host.includes("%")) return false; // a zone id means something on this machine only
  return isIP(host) !== 0 || (NAME.test(host) && !DOTTED_NUMBERS.test(host) && !host.includes(".."));
}

function parsePort(text: string): number | undefined {
  const port = PORT.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}
