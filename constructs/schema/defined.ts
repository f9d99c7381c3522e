/** What is there: an explicit undefined, which callers write for "as if I had not", is not. */
export function withoutUndefined<T extends object>(values: T): T;
export function withoutUndefined(values: object): object {
  const entries = Object.entries(values);
  return entries.some(isUndefined) ? Object.fromEntries(entries.filter((entry) => !isUndefined(entry))) : values;
}

function isUndefined([, value]: readonly [string, unknown]): boolean {
  return value === undefined;
}
