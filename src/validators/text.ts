/** Checks of plain text. */

/** Validator: text with at least one visible character. */
export function notEmpty(text: string): string | undefined {
  return text.trim() === "" ? `must not be empty, got: "${text}"` : undefined;
}
