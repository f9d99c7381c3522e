/** Random schemas that are declared rightly. */
import fc from "fast-check";
import {
  type Attribute,
  type Attributes,
  bool,
  computed,
  list,
  map,
  nested,
  nestedList,
  nestedMap,
  nestedSet,
  number,
  object,
  optional,
  optionalComputed,
  required,
  set,
  string,
} from "../../../src/terraform";
import type { Type } from "../../../src/terraform/schema/types";

const propertyName = fc.stringMatching(/^[a-z][a-z0-9]{0,5}([A-Z][a-z]{0,3})?$/);

function record<T>(value: fc.Arbitrary<T>): fc.Arbitrary<Readonly<Record<string, T>>> {
  return fc
    .uniqueArray(fc.tuple(propertyName, value), { minLength: 1, maxLength: 4, selector: ([name]) => name })
    .map((entries) => Object.fromEntries(entries));
}

const computedAttribute: fc.Arbitrary<Attribute> = fc
  .constantFrom<Type>(string(), number(), list(string()))
  .map((type) => computed(type, { description: "Random." }));

const { attributes } = fc.letrec<{ type: Type; attribute: Attribute; attributes: Attributes }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Type>(string(), number(), bool()),
    fc
      .tuple(fc.constantFrom(list, set, map), tie("type").filter(isPlain))
      .map(([collect, element]) => collect(element)),
    record(tie("type").filter(isPlain)).map(object),
    fc
      .tuple(fc.constantFrom(nested, nestedList, nestedSet, nestedMap), tie("attributes"))
      .map(([nest, attributes]) => nest(attributes)),
  ),
  attribute: tie("type").chain((type) =>
    fc.constantFrom<Attribute>(
      required(type, { description: "Random." }),
      optional(type, { description: "Random." }),
      optionalComputed(type, { description: "Random." }),
    ),
  ),
  attributes: record(fc.oneof({ weight: 4, arbitrary: tie("attribute") }, { weight: 1, arbitrary: computedAttribute })),
}));

/** What can be inside a collection or an object: anything but nested attributes. */
function isPlain({ kind }: Type): boolean {
  return kind !== "nested";
}

export const anyAttributes: fc.Arbitrary<Attributes> = attributes;
