/** The names of an object's attributes, as MessagePack has them. */
import type { CtyAttribute, CtyObject } from "../cty-type";
import { MessagePackWriter } from "./writer";

export interface NamedAttribute extends CtyAttribute {
  readonly encodedName: Uint8Array;
}
export interface Names {
  /** In the order of the wire. */
  readonly inOrder: readonly NamedAttribute[];
  readonly byName: ReadonlyMap<string, NamedAttribute>;
}

const known = new WeakMap<CtyObject, Names>();

/** Made once for each type. */
export function namesOf(type: CtyObject): Names {
  let names = known.get(type);
  if (names === undefined) {
    const inOrder = type.attributes.map((attribute) => ({ ...attribute, encodedName: encoded(attribute.name) }));
    names = { inOrder, byName: new Map(inOrder.map((attribute) => [attribute.name, attribute])) };
    known.set(type, names);
  }
  return names;
}

function encoded(text: string): Uint8Array {
  const writer = new MessagePackWriter();
  writer.text(text);
  return writer.written();
}
