/** Whether an object was made as it would be made now, without writing down how. */
import { createHash } from "node:crypto";

/** Hashes of settings; there are no secrets in them. */
export interface Fingerprint {
  /** Of what an object cannot change. */
  readonly identity: string;
  /** Of what it can. */
  readonly settings: string;
}

export function fingerprintOf(parts: { readonly identity: unknown; readonly settings: unknown }): Fingerprint {
  return { identity: hash(parts.identity), settings: hash(parts.settings) };
}

/** What differs: nothing, what can be changed, or what cannot. */
export type Difference = "none" | "settings" | "identity";

export function differenceOf(one: Fingerprint, other: Fingerprint): Difference {
  if (one.identity !== other.identity) return "identity";
  return one.settings === other.settings ? "none" : "settings";
}

function hash(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(inOrder(value)))
    .digest("hex");
}

/** The order of attributes says nothing; one that is null is one that is not there. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .filter(([, each]) => each !== null && each !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, each]) => [name, inOrder(each)]);
}
