/** Random schemas with everything that planning looks at, and random configurations of them. */
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
  optional,
  optionalComputed,
  required,
  set,
  string,
  timeouts,
  UNKNOWN,
} from "../../../src/terraform";
import { ctyTypeOf } from "../../../src/terraform/schema/cty-type";
import type { Type } from "../../../src/terraform/schema/types";
import { canonicalText } from "../../../src/terraform/values/equality";
import { completeValue } from "../../../src/terraform/values/parts";
import { isArray, type ObjectValue } from "../../../src/terraform/values/value";

const description = "Random.";
const NAMES = ["alpha", "beta", "gamma", "delta"] as const;

function attributesArbitrary(depth: number, insideSet: boolean): fc.Arbitrary<Attributes> {
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...NAMES), attributeArbitrary(depth, insideSet)), {
      minLength: 1,
      maxLength: 4,
      selector: ([name]) => name,
    })
    .map((entries) => Object.fromEntries(entries));
}

function typeArbitrary(depth: number, insideSet: boolean): fc.Arbitrary<Type> {
  const plain = fc.constantFrom<Type>(string(), number(), bool(), list(string()), set(string()), map(number()));
  if (depth === 0) return plain;
  const inner = attributesArbitrary(depth - 1, insideSet);
  return fc.oneof(
    { weight: 3, arbitrary: plain },
    { weight: 1, arbitrary: inner.map((attributes) => nested(attributes)) },
    { weight: 1, arbitrary: inner.map((attributes) => nestedList(attributes)) },
    { weight: 1, arbitrary: inner.map((attributes) => nestedMap(attributes)) },
    { weight: 1, arbitrary: attributesArbitrary(depth - 1, true).map((attributes) => nestedSet(attributes)) },
  );
}

function attributeArbitrary(depth: number, insideSet: boolean): fc.Arbitrary<Attribute> {
  const options = fc.record({
    requiresReplace: fc.boolean(),
    // Terraform takes a set element for a new one when it differs in anything configured, as an adopted one does.
    unreadable: insideSet ? fc.constant(false) : fc.boolean(),
    useStateForUnknown: fc.boolean(),
  });
  const readOnlyType = fc.constantFrom<Type>(
    string(),
    number(),
    list(string()),
    nestedList({ ip: computed(string(), { description }) }),
  );
  const kinds: fc.Arbitrary<Attribute>[] = [
    fc
      .tuple(typeArbitrary(depth, insideSet), options)
      .map(([type, { requiresReplace, unreadable }]) => required(type, { description, requiresReplace, unreadable })),
    fc
      .tuple(typeArbitrary(depth, insideSet), options)
      .map(([type, { requiresReplace, unreadable }]) => optional(type, { description, requiresReplace, unreadable })),
    fc
      .tuple(typeArbitrary(0, insideSet), options)
      .map(([type, more]) => optionalComputed(type, { description, ...more })),
    fc
      .tuple(readOnlyType, fc.boolean())
      .map(([type, useStateForUnknown]) => computed(type, { description, useStateForUnknown })),
  ];
  // Neither can be inside a set: see `assertSchema`.
  if (!insideSet) {
    kinds.push(fc.constant(optional(string(), { description, default: "default" })));
    kinds.push(fc.constant(optional(string(), { description, writeOnly: true })));
  }
  return fc.oneof(...kinds);
}

function valueArbitrary(type: Type): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case "string":
      return fc.constantFrom("a", "b", "c");
    case "number":
      return fc.integer({ min: 0, max: 3 });
    case "bool":
      return fc.boolean();
    case "list":
      return fc.array(valueArbitrary(type.element), { maxLength: 2 });
    case "set":
      return fc.uniqueArray(valueArbitrary(type.element), { maxLength: 2 });
    case "map":
      return fc.dictionary(fc.constantFrom("k", "l"), valueArbitrary(type.element));
    case "nested": {
      const object = configArbitrary(type.attributes);
      if (type.nesting === "single") return object;
      if (type.nesting === "map") return fc.dictionary(fc.constantFrom("k", "l"), object);
      if (type.nesting === "list") return fc.array(object, { maxLength: 2 });
      const element = ctyTypeOf(nested(type.attributes));
      return fc.uniqueArray(object, { maxLength: 3, selector: (value) => canonicalText(element, value) });
    }
    default:
      throw new Error(`No values of ${type.kind}`);
  }
}

function configArbitrary(attributes: Attributes): fc.Arbitrary<ObjectValue> {
  const values = Object.entries(attributes).map(([name, { type, flags }]): [string, fc.Arbitrary<unknown>] => {
    if (flags.has("required")) return [name, valueArbitrary(type)];
    return [name, flags.has("optional") ? fc.option(valueArbitrary(type)) : fc.constant(null)];
  });
  return fc.record<ObjectValue>(Object.fromEntries(values));
}

/** A schema, whether its objects can be updated, and two configurations of it. */
export const anySituation = attributesArbitrary(2, false).chain((random) => {
  const attributes: Attributes = { ...random, timeouts: timeouts({ create: "1m" }) };
  return fc.record({
    attributes: fc.constant(attributes),
    updatable: fc.boolean(),
    config: configArbitrary(attributes),
    other: configArbitrary(attributes),
  });
});

/** The state after an apply: what was unknown is known, and different from anything that is configured. */
export function applied(attributes: Attributes, planned: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { type, flags }]) => [
      name,
      flags.has("writeOnly") ? null : settled(type, planned[name] ?? null),
    ]),
  );
}

function settled(type: Type, planned: unknown): unknown {
  if (planned === UNKNOWN) return completeValue(ctyTypeOf(type), computedValue(type));
  if (type.kind !== "nested" || planned === null) return planned;
  const inside = (object: unknown) => (object === UNKNOWN ? object : applied(type.attributes, object as ObjectValue));
  if (type.nesting === "single") return inside(planned);
  if (isArray(planned)) return planned.map(inside);
  return Object.fromEntries(Object.entries(planned as ObjectValue).map(([key, object]) => [key, inside(object)]));
}

function computedValue(type: Type): unknown {
  switch (type.kind) {
    case "string":
      return "computed";
    case "number":
      return 999;
    case "bool":
      return true;
    case "nested":
      return [{ ip: "computed" }];
    case "map":
      return { computed: computedValue(type.element) };
    case "list":
    case "set":
      return [computedValue(type.element)];
    default:
      throw new Error(`No values of ${type.kind}`);
  }
}
