/** JSON, and undefined for a property that is left out. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };

/** A JSON value, or a part of one. */
export type JsonObject = { readonly [name: string]: Json | undefined };

/** The same value with every text in it, but no property's name, put through a function. */
export function mapTexts<Value>(value: Value, map: (text: string) => string): Value;
export function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === "string") {
    return map(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => mapTexts(item, map));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mapTexts(each, map)]));
  }
  return value;
}
