/** JSON as others write it: ids may be numbers that JavaScript cannot hold. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Where a long integer may stand. Only bodies with one are looked through, since that takes as long again. */
const MAY_HAVE_LONG_INTEGER = /(?:^|[:[,])\s*-?\d{16}/;
const STRING_OR_LONG_INTEGER = /"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/**
 * As `JSON.parse`, but an integer that JavaScript cannot hold exactly is the text of its digits, so that it does not become
 * its neighbour.
 *
 * @throws SyntaxError when it is no JSON
 */
export function parseJson(text: string): unknown {
  return JSON.parse(MAY_HAVE_LONG_INTEGER.test(text) ? withQuotedIntegers(text) : text);
}

function withQuotedIntegers(text: string): string {
  const parts: string[] = [];
  const token = new RegExp(STRING_OR_LONG_INTEGER);
  let copied = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [digits] = found;
    if (digits === '"') {
      token.lastIndex = endOfString(text, found.index);
    } else if (!Number.isSafeInteger(Number(digits))) {
      parts.push(text.slice(copied, found.index), `"${digits}"`);
      copied = token.lastIndex;
    }
  }
  return [...parts, text.slice(copied)].join("");
}

/** The position after a string's closing quote. A pattern for the whole string would need a stack as long as the string. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslash = end;
    while (text[backslash - 1] === "\\") backslash -= 1;
    if ((end - backslash) % 2 === 0) return end + 1;
  }
  return text.length;
}
