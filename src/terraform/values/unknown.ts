/**
 * Finding and removing what is not known yet. A value that does not have its type is left alone: life cycle code may
 * have returned it, and it is the encoder that says what is wrong with it.
 */

import { type CtyType, typeOrUndefined } from "./cty-type";
import type { AttributePath, PathStep } from "./path";
import { isArray, isDynamicValue, isRecord, isUnknown, ownProperty } from "./value";

/** True when a value, or anything inside it, is unknown. */
export function containsUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  if (isArray(value)) return value.some(containsUnknown);
  return isRecord(value) && Object.values(value).some(containsUnknown);
}

/** The paths of everything unknown in a value. A set's elements have no path that holds: the set stands for them. */
export function unknownPaths(type: CtyType, value: unknown): AttributePath[] {
  return [...findUnknown(type, value, [])];
}

function* findUnknown(type: CtyType, value: unknown, path: AttributePath): Generator<AttributePath> {
  if (isUnknown(value)) {
    yield path;
  } else if (type.kind === "set") {
    if (containsUnknown(value)) yield path;
  } else {
    for (const [step, part, partType] of parts(type, value)) {
      yield* findUnknown(partType, part, step === undefined ? path : [...path, step]);
    }
  }
}

/** What a value directly consists of. The value of a dynamic attribute has no step of its own. */
function* parts(type: CtyType, value: unknown): Generator<[PathStep | undefined, unknown, CtyType]> {
  if (type.kind === "list" && isArray(value)) {
    for (const [index, item] of value.entries()) yield [index, item, type.element];
  } else if (type.kind === "tuple" && isArray(value)) {
    for (const [index, element] of type.elements.entries()) yield [index, value[index], element];
  } else if (type.kind === "map" && isRecord(value)) {
    for (const [key, item] of Object.entries(value)) yield [{ key }, item, type.element];
  } else if (type.kind === "object" && isRecord(value)) {
    for (const attribute of type.attributes) {
      yield [attribute.property, ownProperty(value, attribute.property), attribute.type];
    }
  } else if (type.kind === "dynamic" && isDynamicValue(value)) {
    const actual = typeOrUndefined(value.type);
    if (actual !== undefined) yield [undefined, value.value, actual];
  }
}

/**
 * The value with null for everything unknown, as Terraform can store it. Collections lose their unknown elements,
 * since no element may be null.
 */
export function unknownToNull(type: CtyType, value: unknown): unknown {
  if (isUnknown(value) || value === undefined) return null;
  switch (type.kind) {
    case "list":
    case "set":
      if (!isArray(value)) return value;
      return value.filter((item) => !isUnknown(item)).map((item) => unknownToNull(type.element, item));
    case "tuple":
      return isArray(value) ? type.elements.map((element, index) => unknownToNull(element, value[index])) : value;
    case "map":
      if (!isRecord(value)) return value;
      return Object.fromEntries(
        Object.entries(value)
          .filter(([, item]) => !isUnknown(item))
          .map(([key, item]) => [key, unknownToNull(type.element, item)]),
      );
    case "object":
      if (!isRecord(value)) return value;
      return Object.fromEntries(
        type.attributes.map(({ property, type }) => [property, unknownToNull(type, ownProperty(value, property))]),
      );
    case "dynamic": {
      const actual = isDynamicValue(value) ? typeOrUndefined(value.type) : undefined;
      return isDynamicValue(value) && actual ? { type: value.type, value: unknownToNull(actual, value.value) } : value;
    }
    default:
      return value;
  }
}
