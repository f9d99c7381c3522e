/** Objects by what they say, whoever made them: literals, instances of classes, objects without a prototype. */
import { Token } from "cdktf";
import { Secret } from "../secret";
import { settle } from "./late";
import { produced } from "./produced";

export type Values = Readonly<Record<string, unknown>>;

/** True for what consists of named values. A list, a token, a `Secret` and what JavaScript itself brings, such as a Map, do not. */
export function isRecord(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  if (Token.isUnresolved(value) || Secret.isSecret(value)) return false;
  return Object.prototype.toString.call(value) === "[object Object]";
}

/** What a record says, with what its class computes, such as `get sslPort()`. */
export function fieldsOf<T extends object>(record: T): T;
export function fieldsOf(record: object): Values {
  const names = [...accessorsOf(Object.getPrototypeOf(record)), ...Object.keys(record)];
  return Object.fromEntries(names.map((name) => [name, Reflect.get(record, name)]));
}

function accessorsOf(prototype: object | null): readonly string[] {
  if (prototype === null || prototype === Object.prototype) return [];
  const own = Object.entries(Object.getOwnPropertyDescriptors(prototype));
  const names = own.filter(([, { get }]) => get !== undefined).map(([name]) => name);
  return [...accessorsOf(Object.getPrototypeOf(prototype)), ...names];
}

/**
 * A record under the names that a resource has for it, when it comes late, too. What is none stays as it is, for
 * validation to find.
 */
export function renamed<T extends object, R>(record: T, rename: (fields: T) => R): R;
export function renamed(record: unknown, rename: (fields: object) => unknown): unknown {
  if (isRecord(record)) return rename(fieldsOf(record));
  if (!Token.isUnresolved(record)) return record;
  return produced((context) => renamed(settle(record, context) as object, rename));
}
