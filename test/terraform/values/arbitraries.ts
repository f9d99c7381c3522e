/** Random types, and random values of any type. */
import fc from "fast-check";
import { UNKNOWN } from "../../../src/terraform";
import { type CtyObject, type CtyType, ctyObject, typeToJson } from "../../../src/terraform/values/cty-type";
import { canonicalText } from "../../../src/terraform/values/equality";
import { type CtyNumber, normalizeNumber, parseNumber } from "../../../src/terraform/values/exact-number";
import { containsUnknown } from "../../../src/terraform/values/unknown";

export const wireName = fc.stringMatching(/^[a-z][a-z0-9]{0,5}(_[a-z][a-z0-9]{0,3})?$/);

/** Types as a dynamic value may have them: their properties have the names themselves. */
export const anyType: fc.Arbitrary<CtyType> = fc.letrec<{ type: CtyType }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<CtyType>({ kind: "string" }, { kind: "number" }, { kind: "bool" }, { kind: "dynamic" }),
    fc.record({ kind: fc.constantFrom("list", "set", "map"), element: tie("type") }),
    fc.record({ kind: fc.constant("tuple"), elements: fc.array(tie("type"), { maxLength: 4 }) }),
    fc
      .uniqueArray(fc.tuple(wireName, tie("type")), { maxLength: 5, selector: ([name]) => name })
      .map((fields): CtyObject => ctyObject(fields.map(([name, type]) => ({ name, property: name, type })))),
  ),
})).type;

export const anyObject: fc.Arbitrary<CtyObject> = fc
  .uniqueArray(fc.tuple(wireName, anyType), { maxLength: 5, selector: ([name]) => name })
  .map((fields) => ctyObject(fields.map(([name, type]) => ({ name, property: name, type }))));

export const anyText = fc.string({ unit: "grapheme", maxLength: 20 }).map((text) => text.normalize("NFC"));

const decimal = fc
  .tuple(fc.stringMatching(/^-?[1-9][0-9]{0,40}$/), fc.stringMatching(/^[0-9]{1,40}$/))
  .map(([whole, fraction]) => `${whole}.${fraction}`);

/** Numbers in their one form. */
export const anyNumber: fc.Arbitrary<CtyNumber> = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: -300, max: 300 }),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map((value) => normalizeNumber(value) ?? 0),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => normalizeNumber(value) ?? 0),
  decimal.map((text) => parseNumber(text) ?? 0),
);

interface Options {
  readonly unknown: boolean;
}

/** Values of a type, with null and, where asked for, unknown at any depth. */
export function anyValue(type: CtyType, options: Options): fc.Arbitrary<unknown> {
  const absent = options.unknown ? [null, UNKNOWN] : [null];
  return fc.oneof(
    { weight: 8, arbitrary: knownValue(type, options) },
    { weight: 1, arbitrary: fc.constantFrom(...absent) },
  );
}

function knownValue(type: CtyType, options: Options): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case "string":
      return anyText;
    case "number":
      return anyNumber;
    case "bool":
      return fc.boolean();
    case "dynamic":
      return fc
        .constantFrom<CtyType>({ kind: "string" }, { kind: "number" }, { kind: "list", element: { kind: "bool" } })
        .chain((actual) => anyValue(actual, options).map((value) => ({ type: typeToJson(actual), value })));
    case "list":
      return fc.array(anyValue(type.element, options), { maxLength: 4 });
    case "set":
      return fc.array(anyValue(type.element, options), { maxLength: 4 }).map((items) => distinct(type.element, items));
    case "tuple":
      return fc.tuple(...type.elements.map((element) => anyValue(element, options)));
    case "map":
      return fc
        .array(
          fc.tuple(
            anyText.filter((key) => key !== "__proto__"),
            anyValue(type.element, options),
          ),
          { maxLength: 4 },
        )
        .map((entries) => Object.fromEntries(entries));
    case "object":
      return fc.record(
        Object.fromEntries(type.attributes.map(({ property, type }) => [property, anyValue(type, options)])),
      );
  }
}

function distinct(element: CtyType, items: readonly unknown[]): readonly unknown[] {
  const wholly = items.filter((item) => !containsUnknown(item));
  const once = new Map(wholly.map((item) => [canonicalText(element, item), item]));
  return [...once.values(), ...items.filter(containsUnknown)];
}
