/**
 * The words of HCL, as far as static values need them. Comments and white space are left out. What is no word is a
 * token of its own, so that a reader can pass over a damaged part of a file. The grammar: HCL Native Syntax
 * Specification, "Lexical Elements".
 */

export interface Token {
  readonly kind: "identifier" | "string" | "number" | "punctuation" | "invalid" | "end";
  /** A string's value without quotes and escapes; what is wrong with an invalid token; else as it is written. */
  readonly text: string;
  /** Offsets in the file. */
  readonly start: number;
  readonly end: number;
  /** Counted from 0. */
  readonly line: number;
  readonly endLine: number;
}

type Word = Pick<Token, "kind" | "text"> & { readonly length: number };

const SKIPPED = /(?:[\s\uFEFF]|#.*|\/\/.*|\/\*[\s\S]*?\*\/)+/y;
const CONFLICT_MARKER = /(?:<{7}|\|{7}|={7}|>{7})(?:[ \t].*)?\r?$/my;
const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const HEREDOC = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n([\s\S]*?)^[ \t]*\2(?=\r?$)/muy;
const REST_OF_LINE = /[^\r\n]*/y;

/** All tokens of a text, and an `end`. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 0;
  let counted = 0;
  const lineAt = (offset: number): number => {
    for (; counted < offset; counted += 1) if (text[counted] === "\n") line += 1;
    return line;
  };
  for (let start = 0; ; ) {
    start += match(SKIPPED, text, start)?.[0].length ?? 0;
    const { kind, text: value, length } = wordAt(text, start);
    const end = start + length;
    tokens.push({ kind, text: value, start, end, line: lineAt(start), endLine: lineAt(end) });
    if (kind === "end") return tokens;
    start = end;
  }
}

function wordAt(text: string, at: number): Word {
  const character = text[at];
  if (character === undefined) return { kind: "end", text: "the end of the file", length: 0 };
  const marker = at === 0 || text[at - 1] === "\n" ? match(CONFLICT_MARKER, text, at)?.[0] : undefined;
  if (marker !== undefined) return { kind: "invalid", text: "a conflict marker of git", length: marker.length };
  if (text.startsWith("/*", at)) {
    return { kind: "invalid", text: "a comment that is not closed", length: text.length - at };
  }
  if (character === '"') return quoted(text, at);
  const heredoc = match(HEREDOC, text, at);
  if (heredoc) return { kind: "string", text: heredoc[3] ?? "", length: heredoc[0].length };
  const identifier = match(IDENTIFIER, text, at)?.[0];
  if (identifier !== undefined) return { kind: "identifier", text: identifier, length: identifier.length };
  const number = match(NUMBER, text, at)?.[0];
  if (number !== undefined) return { kind: "number", text: number, length: number.length };
  return { kind: "punctuation", text: character, length: 1 };
}

function quoted(text: string, at: number): Word {
  const end = endOfQuoted(text, at);
  if (end === undefined) {
    return {
      kind: "invalid",
      text: "a string that is not closed",
      length: match(REST_OF_LINE, text, at)?.[0].length ?? 1,
    };
  }
  return { kind: "string", text: unescaped(text.slice(at, end)), length: end - at };
}

/** The offset after the closing quote. Quotes inside of a template's `${…}` do not close the string. */
function endOfQuoted(text: string, at: number): number | undefined {
  let templates = 0;
  for (let index = at + 1; index < text.length; index += 1) {
    const character = text[index];
    if (character === "\n") return undefined;
    if (templates > 0) {
      if (character === "{") templates += 1;
      if (character === "}") templates -= 1;
      if (character === '"') index = (endOfQuoted(text, index) ?? text.length) - 1;
    } else if (character === "\\") {
      index += 1;
    } else if (/[$%]/.test(character ?? "") && text[index + 1] === "{") {
      const isEscaped = text[index - 1] === character;
      if (!isEscaped) templates += 1;
      index += 1;
    } else if (character === '"') {
      return index + 1;
    }
  }
  return undefined;
}

/** The escapes of HCL are those of JSON, but for `\U…`, which nothing that is read here uses. */
function unescaped(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal.slice(1, -1);
  }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
