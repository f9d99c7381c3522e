/** Objects by what they say, whoever made them: literals, instances of classes, objects without a prototype. */
import { Token } from "cdktf";
import { Secret } from "../secret";
import { settle } from "./late";
import { produced } from "./produced";
import { isShared, madeOnce, shared } from "./shared";

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
  const accessors = accessorsOf(Object.getPrototypeOf(record));
  if (accessors.length === 0) return { ...record };
  const names = [...accessors, ...Object.keys(record)];
  return Object.fromEntries(names.map((name) => [name, Reflect.get(record, name)]));
}

/** What becomes of each value of a record, without those that become, or are, undefined. */
export function mapValues(
  record: object,
  map: (value: unknown, name: string) => unknown,
  rename: (name: string) => string = (name) => name,
): Values {
  const mapped: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(record)) {
    const value = given === undefined ? undefined : map(given, name);
    if (value !== undefined) set(mapped, rename(name), value);
  }
  return mapped;
}

/** As if it was written in a literal: one name would set the prototype. To make a list of all entries first takes twice as long. */
function set(record: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== "__proto__") record[name] = value;
  else Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
}

function accessorsOf(prototype: object | null): readonly string[] {
  // The last one is that of all objects, also of those that another context of Node.js has made, as in Jest.
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return [];
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
  if (isShared(record)) return madeOnce(record, rename, () => shared(Object(rename(fieldsOf(record)))));
  if (isRecord(record)) return rename(fieldsOf(record));
  if (!Token.isUnresolved(record)) return record;
  return produced((context) => renamed(settle(record, context) as object, rename));
}
