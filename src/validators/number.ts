/** Checks of numbers. */

/** Validator: a whole number of at least one. */
export function positiveInteger(value: number): string | undefined {
  return Number.isInteger(value) && value >= 1 ? undefined : `must be a whole number of at least 1, got: ${value}`;
}

/** Validator: a TCP port. */
export const portNumber = wholeNumber(1, 65_535);

/** Validator: a VLAN's id, where 0 stands for none. */
export const vlanNumber = wholeNumber(0, 4_094);

function wholeNumber(least: number, most: number): (value: number) => string | undefined {
  return (value) =>
    Number.isInteger(value) && value >= least && value <= most
      ? undefined
      : `must be a whole number from ${least} to ${most}, got: ${value}`;
}
