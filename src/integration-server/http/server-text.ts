/** Text that a server sends, made safe to be shown, stored and logged by others. */

/** Longer than any name, id or message that means something. */
const LONGEST = 4_096;
/** Control characters, of which terminals make what they say, and what turns the direction of the text around it. */
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu;
const REPLACEMENT = "\ufffd";

/** One line, in which every character that does something is one that is seen. */
export function safeText(text: string): string {
  return shortened(text, LONGEST).replace(UNSAFE, REPLACEMENT);
}

/** The same, but lines stay lines: for certificates and keys, which are no messages. */
export function safeLines(text: string): string {
  return text.split(/\r?\n/).map(safeText).join("\n");
}

export function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
