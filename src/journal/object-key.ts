/** By what an object that has an id is known here. Servers write the letters of an id in either case, and people those of a host. */
import type { Kind } from "./entry";

interface Identified {
  readonly kind: Kind;
  readonly server: string;
  readonly id: string;
}

export function objectKey({ kind, server, id }: Identified): string {
  return JSON.stringify([kind, server.toLowerCase(), id.toLowerCase()]);
}

/** The same on whichever server. */
export function idKey(kind: Kind, id: string): string {
  return `${kind} ${id.toLowerCase()}`;
}
