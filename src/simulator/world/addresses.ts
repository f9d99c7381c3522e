/** The host and port of `host` or `host:port`; host names have no case. */
export function splitAddress(address: string, defaultPort: number): { readonly host: string; readonly port: number } {
  const match = /^(.+):(\d{1,5})$/.exec(address);
  const [, host, port] = match ?? [];
  return host === undefined || (host.includes(":") && !host.endsWith("]"))
    ? { host: address.toLowerCase(), port: defaultPort }
    : { host: host.toLowerCase(), port: Number(port) };
}

/** `host:port`, as endpoints and trust rules are keyed. */
export function joinAddress(host: string, port: number): string {
  return `${host}:${port}`;
}
