/** What values directly consist of. What does not have its type has no parts: the encoder says what is wrong. */
import { type CtyObject, type CtyType, typeOrUndefined } from "./cty-type";
import type { AttributePath } from "./path";
import { isArray, isDynamicValue, isRecord, mapEntries, type ObjectValue, ownProperty } from "./value";

/** Each part but a set's, with its key and its type. */
export function* partsOf(type: CtyType, value: unknown): Generator<[string | number, unknown, CtyType]> {
  if (type.kind === "list" && isArray(value)) {
    for (const [index, item] of value.entries()) yield [index, item, type.element];
  } else if (type.kind === "tuple" && isArray(value)) {
    for (const [index, element] of type.elements.entries()) yield [index, value[index], element];
  } else if (type.kind === "map" && isRecord(value)) {
    for (const [key, item] of Object.entries(value)) yield [key, item, type.element];
  } else if (type.kind === "object" && isRecord(value)) {
    for (const { property, type: part } of type.attributes) yield [property, ownProperty(value, property), part];
  } else if (type.kind === "dynamic" && isDynamicValue(value)) {
    const actual = typeOrUndefined(value.type);
    if (actual !== undefined) yield ["value", value.value, actual];
  }
}

/** The path to a part of the value at `path`. To what a dynamic attribute holds there is no step. */
export function pathTo(path: AttributePath, { kind }: CtyType, key: string | number): AttributePath {
  return kind === "dynamic" ? path : [...path, kind === "map" ? { key: String(key) } : key];
}

/** The value made of what `make` makes of each part. */
export function mapParts(type: CtyType, value: unknown, make: (type: CtyType, part: unknown) => unknown): unknown {
  switch (type.kind) {
    case "list":
    case "set":
      return isArray(value) ? value.map((item) => make(type.element, item)) : value;
    case "tuple":
      return isArray(value) ? type.elements.map((element, index) => make(element, value[index])) : value;
    case "map":
      return isRecord(value) ? mapEntries(value, (item) => make(type.element, item)) : value;
    case "object":
      return isRecord(value) ? mapObject(type, value, make) : value;
    case "dynamic": {
      const actual = isDynamicValue(value) ? typeOrUndefined(value.type) : undefined;
      return isDynamicValue(value) && actual ? { type: value.type, value: make(actual, value.value) } : value;
    }
    default:
      return value;
  }
}

function mapObject(
  { attributes }: CtyObject,
  object: ObjectValue,
  make: (type: CtyType, part: unknown) => unknown,
): ObjectValue {
  const made: Record<string, unknown> = {};
  for (const { property, type } of attributes) made[property] = make(type, ownProperty(object, property));
  return made;
}

/** The value with null for what its objects lack. Life cycle code may leave out what is null. */
export function completeValue(type: CtyType, value: unknown): unknown {
  return mapParts(type, value ?? null, completeValue);
}
