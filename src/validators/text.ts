/** Checks of plain text. */

/** Validator: text with at least one visible character. */
export function notEmpty(text: string): string | undefined {
  return text.trim() === "" ? `must not be empty, got: "${text}"` : undefined;
}

/** What answers of the Integration Server are shown without, so that a name with it would never be found in them. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/u;

/** Validator: text in one line, without control characters and marks that turn the direction of writing. */
export function oneLine(text: string): string | undefined {
  if (!UNSEEN.test(text)) return undefined;
  const seen = text.replace(new RegExp(UNSEEN, "gu"), "\ufffd");
  return `must be one line without control characters and direction marks, got: "${seen}"`;
}
