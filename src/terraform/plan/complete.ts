/** Values from life cycle code, which may leave out what is null. */
import type { Attributes, Type } from "../schema/types";
import { isArray, isRecord, type ObjectValue } from "../values/value";

/** The object with every attribute that its schema names and none that it does not. */
export function completeObject(attributes: Attributes, value: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { type }]) => [name, completeValue(type, value[name] ?? null)]),
  );
}

/** The same for the objects inside a value of any type. */
export function completeValue(type: Type, value: unknown): unknown {
  switch (type.kind) {
    case "list":
    case "set":
      return isArray(value) ? value.map((element) => completeValue(type.element, element)) : value;
    case "map":
      return completeEntries(value, (element) => completeValue(type.element, element));
    case "object":
      if (!isRecord(value)) return value;
      return Object.fromEntries(
        Object.entries(type.fields).map(([name, field]) => [name, completeValue(field, value[name] ?? null)]),
      );
    case "nested": {
      const inside = (object: unknown) => (isRecord(object) ? completeObject(type.attributes, object) : object);
      if (type.nesting === "single") return inside(value);
      if (type.nesting === "map") return completeEntries(value, inside);
      return isArray(value) ? value.map(inside) : value;
    }
    default:
      return value;
  }
}

function completeEntries(value: unknown, complete: (element: unknown) => unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, complete(element)]));
}
