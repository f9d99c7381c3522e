/** What is there: an explicit undefined, which callers write for "as if I had not", is not. */
export function withoutUndefined<T extends object>(values: T): T;
export function withoutUndefined(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
