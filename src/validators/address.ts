/**
 * Network addresses as users write them. They are read by the REST client's own parser, from its own file, so that
 * checking a schema loads nothing else of the client.
 */
import { isIPv6 } from "node:net";
import { parseAddress, parseServerAddress } from "../integration-server/address";

/** Validator: a host, or a host and a port. */
export function hostAddress(text: string): string | undefined {
  if (isHostAddress(text)) return undefined;
  if (hasCredentials(text)) return withoutCredentials(text);
  const allowed = `must be a host or host:port, such as "10.0.0.5", "vc.example.com:443" or "[2001:db8::5]:443"`;
  return `${allowed}, got: "${text}"${hint(text)}`;
}

/** Validator: where the Integration Server listens: a host, host:port, or an https URL without a path. */
export function serverAddress(text: string): string | undefined {
  if (parseServerAddress(text) !== undefined) return undefined;
  if (hasCredentials(text)) return withoutCredentials(text);
  const allowed = `must be a host, host:port or an https URL without a path, such as "viis.example.com", "10.0.0.5:7271" or "https://viis.example.com:7271"`;
  return `${allowed}, got: "${text}"${hint(text)}`;
}

/** An IPv6 address without brackets is refused: with a port behind it, it could be read in two ways. */
function isHostAddress(text: string): boolean {
  const anyPort = 1;
  return !isIPv6(text) && parseAddress(text, anyPort) !== undefined;
}

/** The form that was probably meant, where there is one. */
function hint(text: string): string {
  if (isIPv6(text)) return `. Write an IPv6 address in brackets: "[${text}]".`;
  const authority = /^\s*(?:[a-z][a-z\d+.-]*:\/\/)?([^/?#\s]*)/i.exec(text)?.[1] ?? "";
  return authority !== text && isHostAddress(authority) ? `. Write it as "${authority}".` : "";
}

/** Whether a text has a user name or a password before a host. It is not repeated then: an address is shown, that must not be. */
export function hasCredentials(text: string): boolean {
  return text.includes("@");
}

/** What to say of an address with credentials. */
export function withoutCredentials(text: string): string {
  const host = text.slice(text.lastIndexOf("@") + 1);
  const meant = isHostAddress(host) ? ` Write it as "${host}".` : "";
  return `must not hold a user name or a password, which have attributes of their own: an address is shown.${meant}`;
}
