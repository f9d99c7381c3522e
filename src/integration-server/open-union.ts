/** One of the documented values, or a text that a newer server has added: reading does not fail on what is new. */
export type OpenUnion<T extends string> = T | (string & Record<never, never>);

/**
 * The documented value that a text means, or the text as it is. Case and underscores do not count: the documents write
 * `CONNECTED` and `NO_ERROR` about infrastructures, `Connected` and `NoError` about reserve servers.
 *
 * @param others spellings that differ by more than that
 */
export function documented<T extends string>(
  text: string,
  values: readonly T[],
  others: Readonly<Record<string, T>> = {},
): OpenUnion<T> {
  const plain = plainly(text);
  const [, meant] = Object.entries(others).find(([spelling]) => plainly(spelling) === plain) ?? [];
  return meant ?? values.find((value) => plainly(value) === plain) ?? text;
}

function plainly(text: string): string {
  return text.replaceAll("_", "").toLowerCase();
}
