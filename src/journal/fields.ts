/** Reading JSON of which nobody knows whether it is what it should be. Whatever is not what it should be is thrown. */

export type Fields = Readonly<Record<string, unknown>>;

export function record(value: unknown): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new TypeError("no object");
}

export function text(value: unknown): string {
  if (typeof value === "string") return value;
  throw new TypeError("no text");
}

/** In milliseconds since 1970. */
export function time(value: unknown): number {
  const milliseconds = Date.parse(text(value));
  if (Number.isNaN(milliseconds)) throw new TypeError("no time");
  return milliseconds;
}

export function oneOf<T extends string>(values: readonly T[], value: unknown): T {
  const found = values.find((each) => each === value);
  if (found === undefined) throw new TypeError("another value");
  return found;
}

export function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  return value === undefined ? undefined : read(value);
}

export function mapped<T>(fields: Fields, read: (value: unknown) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, read(value)]));
}
