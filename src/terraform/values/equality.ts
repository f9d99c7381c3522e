/**
 * Equality of values, as Terraform sees it: numbers by their exact value, strings by their normalized text, sets
 * without regard to order and repetition, objects by the attributes that their type has. An absent attribute is null.
 * Unknown equals unknown and nothing else; that says "the same as far as anyone can tell", not "will be the same".
 */

import { type CtyObject, type CtyType, typeOrUndefined, typeToJson } from "./cty-type";
import { decimalText, ExactNumber } from "./exact-number";
import { normalizeString } from "./text";
import { isArray, isDynamicValue, isRecord, isUnknown, type ObjectValue, ownProperty, sameShape } from "./value";

// Not made of `partsOf`: a plan compares everything several times, and most often finds the same.
/** True when two values of a type are equal. */
export function equalValues(type: CtyType, a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || a === undefined || b === null || b === undefined) return (a ?? null) === (b ?? null);
  if (isUnknown(a) || isUnknown(b)) return false;
  switch (type.kind) {
    case "list":
      return isArray(a) && isArray(b) && equalItems(a, b, () => type.element);
    case "tuple":
      return isArray(a) && isArray(b) && equalItems(a, b, (index) => type.elements[index]);
    case "map":
      return isRecord(a) && isRecord(b) && equalMaps(type.element, a, b);
    case "object":
      return (
        isRecord(a) &&
        isRecord(b) &&
        type.attributes.every(({ property, type }) =>
          equalValues(type, ownProperty(a, property), ownProperty(b, property)),
        )
      );
    default:
      return canonicalText(type, a) === canonicalText(type, b);
  }
}

/**
 * The object with the other's own values where both are equal, and the other itself where all of them are: whoever compares
 * them again finds the same one.
 *
 * @param other complete, as decoded
 */
export function sharing({ attributes }: CtyObject, object: ObjectValue, other: ObjectValue): ObjectValue {
  let shared: Record<string, unknown> | undefined;
  let isOther = true;
  attributes.forEach(({ property, type }) => {
    const value = ownProperty(object, property);
    const others = ownProperty(other, property);
    if (value === others) return;
    if (equalValues(type, value, others)) {
      shared ??= { ...object };
      shared[property] = others;
    } else {
      isOther = false;
    }
  });
  return isOther ? other : (shared ?? object);
}

function equalItems(
  a: readonly unknown[],
  b: readonly unknown[],
  typeAt: (index: number) => CtyType | undefined,
): boolean {
  if (a.length !== b.length) return false;
  return a.every((item, index) => {
    const type = typeAt(index);
    return type !== undefined && equalValues(type, item, b[index]);
  });
}

type Entries = Readonly<Record<string, unknown>>;

function equalMaps(element: CtyType, a: Entries, b: Entries): boolean {
  return sameShape(a, b) && Object.keys(a).every((key) => equalValues(element, a[key], b[key]));
}

/** A text for each value of a type, the same for equal values: how elements of sets are told apart. */
export function canonicalText(type: CtyType, value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (isUnknown(value)) return "unknown";
  switch (type.kind) {
    case "list":
      if (isArray(value)) return `[${value.map((item) => canonicalText(type.element, item))}]`;
      break;
    case "set":
      if (isArray(value)) return `{${[...new Set(value.map((item) => canonicalText(type.element, item)))].sort()}}`;
      break;
    case "tuple":
      if (isArray(value)) return `[${type.elements.map((element, index) => canonicalText(element, value[index]))}]`;
      break;
    case "map":
      if (isRecord(value)) {
        const keys = Object.keys(value).sort();
        return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalText(type.element, value[key])}`)}}`;
      }
      break;
    case "object":
      if (isRecord(value)) {
        return `{${type.attributes.map(({ property, type }) => canonicalText(type, ownProperty(value, property)))}}`;
      }
      break;
    case "dynamic":
      if (isDynamicValue(value)) {
        const actual = typeOrUndefined(value.type);
        if (actual !== undefined) return `${JSON.stringify(typeToJson(actual))}:${canonicalText(actual, value.value)}`;
      }
  }
  return primitiveText(value);
}

function primitiveText(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(normalizeString(value));
  if (typeof value === "number" || typeof value === "bigint" || value instanceof ExactNumber) return decimalText(value);
  // Only a boolean has a place here; anything else is refused when it is encoded.
  return typeof value === "boolean" ? String(value) : typeof value;
}
