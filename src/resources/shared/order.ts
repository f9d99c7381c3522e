/** Some servers list things in another order each time, which is no difference to what the state has. */

/** What is listed now, in the order of what was known before. What is new comes last, as the server has it. */
export function inOrderOf<T>(
  known: readonly T[] | null,
  listed: readonly T[],
  keyOf: (one: T) => string,
): readonly T[] {
  const places = new Map((known ?? []).map((one, index) => [keyOf(one), index]));
  const placeOf = (one: T): number => places.get(keyOf(one)) ?? Number.MAX_SAFE_INTEGER;
  return [...listed].sort((one, other) => placeOf(one) - placeOf(other));
}
