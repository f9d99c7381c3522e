/** Looking into values of which nothing is known yet. */
import type { DynamicValue } from "../schema/types";
import { ExactNumber } from "./exact-number";

/** True for a plain object: what objects and maps are held in. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value) &&
    !(value instanceof ExactNumber)
  );
}

/** True for what a list, a set or a tuple is held in. */
export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** An object's own property, or null: a name such as `constructor` must not find what every object inherits. */
export function ownProperty(record: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(record, name) ? (record[name] ?? null) : null;
}

export function isDynamicValue(value: unknown): value is DynamicValue {
  return isRecord(value) && Object.hasOwn(value, "type") && Object.hasOwn(value, "value");
}

/** What a value is, in words, without showing it: it may be a secret. */
export function describeKind(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (ArrayBuffer.isView(value)) return "bytes";
  switch (typeof value) {
    case "string":
      return "a string";
    case "number":
      return Number.isNaN(value) ? "NaN" : "a number";
    case "bigint":
      return "a number";
    case "boolean":
      return "a boolean";
    case "symbol":
      return "an unknown value";
    case "function":
      return "a function";
    default:
      return value instanceof ExactNumber ? "a number" : "an object";
  }
}
