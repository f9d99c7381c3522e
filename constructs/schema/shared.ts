/** Settings that several constructs of a stack have in common: what is made of them is made once. */

const made = new WeakMap<object, Map<unknown, unknown>>();

/** Says of a record that nobody changes it any more. What refers to it is in one stack. */
export function shared<T extends object>(record: T): T {
  made.set(record, new Map());
  return record;
}

export function isShared(value: unknown): value is object {
  return typeof value === "object" && value !== null && made.has(value);
}

/**
 * What a function makes of a value, which is made once where the value is shared.
 *
 * @param of tells apart what is made of one value
 */
export function madeOnce<R>(value: object, of: object, make: () => R): R;
export function madeOnce(value: object, of: object, make: () => unknown): unknown {
  const known = made.get(value);
  if (known === undefined) return make();
  if (!known.has(of)) known.set(of, make());
  return known.get(of);
}
