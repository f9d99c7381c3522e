/** A property of a value of which nothing is known yet; undefined if it has none. */
export function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}
