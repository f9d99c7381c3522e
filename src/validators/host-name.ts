/** Hosts whose port is an attribute of its own. */
import { hasCredentials, withoutCredentials } from "./address";

const HOST = /^[^\s:/?#@[\]]+$/;

/** Validator: a host name or an IPv4 address, without protocol, port and path. */
export function hostName(text: string): string | undefined {
  if (HOST.test(text)) return undefined;
  if (hasCredentials(text)) return withoutCredentials(text);
  return `must be a host name or an IPv4 address without protocol and port, such as "ksc.example.com", got: "${text}"`;
}
