/** Checks of numbers. */

/** Validator: a whole number of at least one. */
export function positiveInteger(value: number): string | undefined {
  return Number.isInteger(value) && value >= 1 ? undefined : `must be a whole number of at least 1, got: ${value}`;
}
