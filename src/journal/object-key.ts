/** By what an object that has an id is known here. */
import type { Kind } from "./entry";

/** Servers write the letters of an id in either case, and people those of a host. */
export function objectKey({
  kind,
  server,
  id,
}: {
  readonly kind: Kind;
  readonly server: string;
  readonly id: string;
}): string {
  return JSON.stringify([kind, server.toLowerCase(), id.toLowerCase()]);
}
