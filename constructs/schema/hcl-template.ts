/** Text as it stands between quotes in HCL. */

/** How a sequence begins that Terraform evaluates, and how text begins that only looks like one. */
const SEQUENCE = /[$%]\{/y;
const ESCAPED_SEQUENCE = /\$\$\{|%%\{/y;
const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * What stands between quotes for a template, given as in Terraform's JSON: what the template has beside `${…}` and `%{…}` is
 * escaped. CDKTF, which writes the quotes, escapes nothing but quotes, and those in text without `${` only; and it takes text
 * that begins with a bracket for an expression.
 */
export function quotedTemplate(template: string): string {
  let text = "";
  for (let at = 0; at < template.length; ) {
    const end = partEnd(template, at);
    text += end === undefined ? escaped(template.charAt(at), at) : template.slice(at, end);
    at = end ?? at + 1;
  }
  return text;
}

/** Where a part ends that stays as it is; undefined where none begins. */
function partEnd(template: string, at: number): number | undefined {
  const literal = matchAt(ESCAPED_SEQUENCE, template, at);
  if (literal !== undefined) return at + literal.length;
  const start = matchAt(SEQUENCE, template, at);
  return start === undefined ? undefined : sequenceEnd(template, at + start.length);
}

/** Where a sequence ends that has begun before: braces and quoted templates inside of it do not end it. */
function sequenceEnd(template: string, from: number): number {
  let depth = 1;
  let at = from;
  while (at < template.length) {
    const character = template.charAt(at);
    at += 1;
    if (character === "{") depth += 1;
    else if (character === '"') at = quotedEnd(template, at);
    else if (character === "}") {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return at;
}

/** Where a quoted template ends that has begun before. */
function quotedEnd(template: string, from: number): number {
  let at = from;
  while (at < template.length) {
    if (template.charAt(at) === '"') return at + 1;
    at = template.charAt(at) === "\\" ? at + 2 : (partEnd(template, at) ?? at + 1);
  }
  return at;
}

function escaped(character: string, at: number): string {
  const isControl = character < " ";
  const looksLikeExpression = at === 0 && (character === "[" || character === "{");
  const known = ESCAPES[character];
  if (known !== undefined) return known;
  return isControl || looksLikeExpression ? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}` : character;
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
