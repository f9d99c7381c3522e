import { isIPv6 } from "node:net";
import { badRequest } from "./api-error";

/**
 * Reads a value out of a JSON body exactly as the documents show it.
 *
 * @throws ApiError 400 that says where the value stands and what it should be
 */
export type Check<T> = (value: unknown, path: string) => T;

interface OptionalCheck<T> {
  readonly optional: Check<T>;
}

type Fields = Readonly<Record<string, Check<unknown> | OptionalCheck<unknown>>>;

type RequiredNames<F extends Fields> = {
  [Name in keyof F]: F[Name] extends OptionalCheck<unknown> ? never : Name;
}[keyof F];

type ValueOf<C> = C extends Check<infer T> ? T : C extends OptionalCheck<infer T> ? T : never;

/** What an object with these fields holds. */
export type Shaped<F extends Fields> = { readonly [Name in RequiredNames<F>]: ValueOf<F[Name]> } & {
  readonly [Name in Exclude<keyof F, RequiredNames<F>>]?: ValueOf<F[Name]>;
};

/** A property that may be left out; null is not leaving it out. */
export function optional<T>(check: Check<T>): OptionalCheck<T> {
  return { optional: check };
}

/** An object with these properties and no others. */
export function object<F extends Fields>(fields: F): Check<Shaped<F>> {
  return (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw badRequest(`${path} must be an object, got: ${describe(value)}.`);
    }
    const given = new Map(Object.entries(value));
    const unknown = [...given.keys()].filter((name) => !Object.hasOwn(fields, name));
    if (unknown.length > 0) {
      throw badRequest(`${path} has properties that the documents do not show: ${unknown.join(", ")}.`);
    }
    const entries = Object.entries(fields).flatMap(([name, field]) => {
      const check = typeof field === "function" ? field : given.has(name) ? field.optional : undefined;
      return check === undefined ? [] : [[name, required(check, given, name, path)]];
    });
    // Object.fromEntries cannot carry which name has which type; the loop above has just seen to it.
    return Object.fromEntries(entries) as Shaped<F>;
  };
}

function required(check: Check<unknown>, given: ReadonlyMap<string, unknown>, name: string, path: string): unknown {
  if (!given.has(name)) {
    throw badRequest(`${path}.${name} is missing.`);
  }
  return check(given.get(name), `${path}.${name}`);
}

/** A string that is not empty. */
export const text: Check<string> = (value, path) => {
  if (typeof value !== "string" || value === "") {
    throw badRequest(`${path} must be a string that is not empty, got: ${describe(value)}.`);
  }
  return value;
};

/** One of these strings, in exactly this case. */
export function oneOf<const Value extends string>(...values: readonly Value[]): Check<Value> {
  return (value, path) => {
    const found = values.find((candidate) => candidate === value);
    if (found === undefined) {
      throw badRequest(`${path} must be one of ${values.join(", ")}, got: ${describe(value)}.`);
    }
    return found;
  };
}

/** A Base64-encoded password, decoded. The refusal never repeats it. */
export const base64Password: Check<string> = (value, path) => {
  if (
    typeof value !== "string" ||
    value === "" ||
    !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value)
  ) {
    throw badRequest(`${path} must be a Base64-encoded password, padding included.`);
  }
  return Buffer.from(value, "base64").toString("utf8");
};

/** JSON's own true and false, not in quotes. */
export const boolean: Check<boolean> = (value, path) => {
  if (typeof value !== "boolean") {
    throw badRequest(`${path} must be true or false, without quotes, got: ${describe(value)}.`);
  }
  return value;
};

/** A list that is not empty. */
export function listOf<T>(check: Check<T>): Check<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value) || value.length === 0) {
      throw badRequest(`${path} must be a list that is not empty, got: ${describe(value)}.`);
    }
    return value.map((item, index) => check(item, `${path}[${index}]`));
  };
}

/** `host:port`; an IPv6 address stands in brackets. */
export const addressWithPort: Check<string> = (value, path) => {
  const address = text(value, path);
  const [, host = "", port = ""] = /^([^\s/@?#]+):(\d{1,5})$/.exec(address) ?? [];
  const isIpv6Host = host.startsWith("[") && host.endsWith("]") && isIPv6(host.slice(1, -1));
  if (host === "" || (/[[\]:]/.test(host) && !isIpv6Host)) {
    throw badRequest(`${path} must be <address>:<port>, an IPv6 address in brackets, got: "${address}".`);
  }
  if (Number(port) < 1 || Number(port) > 65535) {
    throw badRequest(`${path} must have a port from 1 to 65535, got: "${address}".`);
  }
  return address;
};

/** `host` or `host:port`; no scheme, no path. */
export const address: Check<string> = (value, path) => {
  const host = text(value, path);
  if (/[\s/@?#]/.test(host)) {
    throw badRequest(`${path} must be a host name or IP address, with a port if need be, got: "${host}".`);
  }
  return host;
};

/** What was given, for a refusal. */
export function describe(value: unknown): string {
  if (value === undefined || value === null) {
    return String(value);
  }
  return Array.isArray(value) ? "an array" : typeof value === "object" ? "an object" : JSON.stringify(value);
}
