import type { Attribute, Attributes } from "./types";

type Entries = readonly (readonly [name: string, attribute: Attribute])[];

const known = new WeakMap<Attributes, Entries>();

/** What `Object.entries` gives, made once: every call goes through the same attributes several times. */
export function entriesOf(attributes: Attributes): Entries {
  let entries = known.get(attributes);
  if (entries === undefined) {
    entries = Object.entries(attributes);
    known.set(attributes, entries);
  }
  return entries;
}
