/** Network addresses as the Integration Server takes them: a host, or a host and a port. */
import { isIPv6 } from "node:net";

export interface Address {
  /** A host name or an IP address; an IPv6 address without its brackets. */
  readonly host: string;
  readonly port?: number;
}

const HOST_NAME =
  /^(?=.{1,253}$)[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?(?:\.[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?)*\.?$/u;
const BRACKETED = /^\[([^\]]*)\](?::(\d+))?$/;
const PLAIN = /^([^:]*)(?::(\d+))?$/;

/** The parts of `host`, `host:port`, `[IPv6]` or `[IPv6]:port`; undefined when the text is none of these. */
export function parseAddress(text: string): Address | undefined {
  const bracketed = BRACKETED.exec(text);
  const [, host = "", port] = bracketed ?? PLAIN.exec(text) ?? [];
  if (bracketed ? !isIPv6(host) : !isHost(host)) return undefined;
  if (port === undefined) return { host };
  const number = Number(port);
  return number >= 1 && number <= 65_535 ? { host, port: number } : undefined;
}

/** `host:port`, with brackets around an IPv6 address. */
export function formatAddress({ host, port }: Address): string {
  const name = isIPv6(host) ? `[${host}]` : host;
  return port === undefined ? name : `${name}:${port}`;
}

/** The address with a port: its own, or the given one. Text that is no address is returned as it is. */
export function withPort(text: string, defaultPort: number): string {
  const address = parseAddress(text);
  return address === undefined ? text : formatAddress({ port: defaultPort, ...address });
}

/** True when both name the same host and port, where one without a port has the given one. */
export function sameAddress(one: string, other: string, defaultPort: number): boolean {
  return withPort(one, defaultPort).toLowerCase() === withPort(other, defaultPort).toLowerCase();
}

/** Validator: a host, or a host and a port. */
export function hostAddress(text: string): string | undefined {
  if (parseAddress(text) !== undefined) return undefined;
  const allowed = `must be a host or host:port, such as "10.0.0.5", "vc.example.com:443" or "[2001:db8::5]:443"`;
  return `${allowed}, got: "${text}"${hint(text)}`;
}

/** Validator: where the Integration Server listens: a host, host:port, or an https URL without a path. */
export function serverAddress(text: string): string | undefined {
  const address = /^https:\/\//i.test(text) ? text.replace(/^https:\/\//i, "").replace(/\/$/, "") : text;
  if (parseAddress(address) !== undefined) return undefined;
  const allowed = `must be a host, host:port or an https URL without a path, such as "viis.example.com", "10.0.0.5:7271" or "https://viis.example.com:7271"`;
  return `${allowed}, got: "${text}"${hint(text)}`;
}

function isHost(host: string): boolean {
  const looksLikeIPv4 = /^[\d.]+$/.test(host);
  return looksLikeIPv4 ? isIPv4(host) : HOST_NAME.test(host);
}

function isIPv4(host: string): boolean {
  const parts = host.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

/** The form that was probably meant, where there is one. */
function hint(text: string): string {
  if (isIPv6(text)) return `. Write an IPv6 address in brackets: "[${text}]".`;
  const [, authority = ""] = /^(?:[a-z][a-z\d+.-]*:\/\/)?([^/?#]*)/i.exec(text.trim()) ?? [];
  const meant = authority.slice(authority.lastIndexOf("@") + 1);
  return meant !== text && parseAddress(meant) !== undefined ? `. Write it as "${meant}".` : "";
}
