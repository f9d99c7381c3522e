/** Host and port: parsed, formatted and compared in one place. */
import { isIPv4, isIPv6 as isIPv6Slowly } from "node:net";
import { domainToASCII } from "node:url";

/** The port on which an Integration Server listens unless told otherwise. */
export const INTEGRATION_SERVER_PORT = 7271;

export interface Address {
  /** A name or an IP address; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
}

/** Names may be international; what they cannot hold is what separates the parts of a URL, and white space. */
const NAME = /^[^\s.\-/\\?#@:%[\]"'`<>^{}|,;=&$!*()+~][^\s/\\?#@:%[\]"'`<>^{}|,;=&$!*()+~]{0,252}$/;
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
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/**
 * The one among all spellings of an address that stands for them: with its port, in lower case, an international name in
 * its ASCII form, IPv6 as short as can be, no dot at the end. Text that is no address stands for itself.
 */
export function canonicalAddress(text: string, defaultPort: number): string {
  const address = parseAddress(text, defaultPort);
  return address === undefined ? text : formatAddress({ ...address, host: canonicalHost(address.host) });
}

/** True when both name the same host and port, where an address without a port has the given one. */
export function sameAddress(one: string, other: string, defaultPort: number): boolean {
  return canonicalAddress(one, defaultPort) === canonicalAddress(other, defaultPort);
}

/**
 * True when a server may have made one of the other: a name has become its IP address or the other way round, or the domain
 * was added to a name or left out.
 */
export function mayBeSameAddress(one: string, other: string, defaultPort: number): boolean {
  const [a, b] = [parseAddress(one, defaultPort), parseAddress(other, defaultPort)];
  if (a?.port !== b?.port || a === undefined || b === undefined) return false;
  const [first, second] = [canonicalHost(a.host), canonicalHost(b.host)];
  if (isIp(first) || isIp(second)) return first === second || isIp(first) !== isIp(second);
  return first === second || first.startsWith(`${second}.`) || second.startsWith(`${first}.`);
}

function isIp(host: string): boolean {
  return isIPv4(host) || isIPv6(host);
}

function canonicalHost(host: string): string {
  if (host.includes(":")) return new URL(`http://[${host}]`).hostname.slice(1, -1);
  const isAscii = /^[\x21-\x7e]*$/.test(host);
  // Node.js would take some ASCII names for numbers: only what is no ASCII is left to it, and some of that is no name.
  const name = isAscii ? host.toLowerCase() : domainToASCII(host) || host.normalize("NFC").toLowerCase();
  return name.replace(/\.$/, "");
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
  return isIPv4(host) || isIPv6(host) || isName(host);
}

function isName(text: string): boolean {
  return NAME.test(text) && !DOTTED_NUMBERS.test(text) && !text.includes("..") && !text.endsWith("-");
}

/** Asks Node.js only about what can be one: its first answer takes longer than anything else at the plugin's start. */
function isIPv6(text: string): boolean {
  return text.indexOf(":") !== text.lastIndexOf(":") && isIPv6Slowly(text);
}

function parsePort(text: string): number | undefined {
  const port = PORT.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}
