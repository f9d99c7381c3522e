/** What values are held in, and looking into those of which nothing is known yet. */
import { ExactNumber } from "./exact-number";

/** The value of something that Terraform will only know during apply. */
export const UNKNOWN: unique symbol = Symbol.for("terraform.unknown");
export type Unknown = typeof UNKNOWN;

/** True when a value will only be known during apply. */
export function isUnknown(value: unknown): value is Unknown {
  return value === UNKNOWN;
}

/** An object's attributes by their camelCase names. */
export type ObjectValue = Readonly<Record<string, unknown>>;

/** A value that a dynamic attribute holds: its type in Terraform's JSON notation, and the value. */
export interface DynamicValue {
  readonly type: unknown;
  readonly value: unknown;
}

/** True for a plain object: what objects and maps are held in. */
export function isRecord(value: unknown): value is ObjectValue {
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
export function ownProperty(record: ObjectValue, name: string): unknown {
  return Object.hasOwn(record, name) ? (record[name] ?? null) : null;
}

/** The part of a value at a name or an index; a null value has null parts, an unknown one unknown parts. */
export function partOf(value: unknown, step: string | number): unknown {
  if (isUnknown(value)) return value;
  if (isArray(value)) return value[Number(step)] ?? null;
  return isRecord(value) ? ownProperty(value, String(step)) : null;
}

/** The list with what `map` makes of each item; the list itself where that is what there is already. */
export function mapItems(
  items: readonly unknown[],
  map: (item: unknown, index: number) => unknown,
): readonly unknown[] {
  const mapped = items.map(map);
  return mapped.every((item, index) => item === items[index]) ? items : mapped;
}

/** The record with what `map` makes of each value. */
export function mapEntries<V>(record: ObjectValue, map: (value: unknown, key: string) => V): Record<string, V> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}

/** True for two lists of the same length, and for two objects or maps with the same keys. */
export function sameShape(a: unknown, b: unknown): boolean {
  if (isArray(a) && isArray(b)) return a.length === b.length;
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key));
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
