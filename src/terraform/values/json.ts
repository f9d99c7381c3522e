/** Values in JSON: stored states, and the JSON form of the protocol's values. */
import { randomUUID } from "node:crypto";
import type { CtyType } from "./cty-type";
import { parseNumber } from "./exact-number";
import { fromJson, type Mode } from "./from-json";
import { undecodable } from "./undecodable";

/**
 * Reads JSON without losing a digit: numbers that a JavaScript `number` would change become `bigint` or `ExactNumber`.
 *
 * @throws DiagnosticError when it is no JSON
 */
export function parseJson(text: string): unknown {
  if (!MAY_BE_INEXACT.test(text)) return parse(text);
  // Node.js 20 has no way to see a number's source text, so inexact numbers pass through JSON.parse as marked strings.
  const marker = `${randomUUID()}:`;
  let inexact = false;
  const marked = text.replace(STRING_OR_NUMBER, (token) => {
    if (token.startsWith('"') || isExact(token)) return token;
    inexact = true;
    return `"${marker}${token}"`;
  });
  const value = parse(text);
  if (!inexact) return value;
  return parse(marked, (_, value: unknown) => {
    if (typeof value !== "string" || !value.startsWith(marker)) return value;
    const number = parseNumber(value.slice(marker.length));
    if (number === undefined) throw new RangeError("A number is out of range");
    return number;
  });
}

function parse(text: string, reviver?: Parameters<typeof JSON.parse>[1]): unknown {
  try {
    return JSON.parse(text, reviver);
  } catch (error) {
    // A SyntaxError quotes the text, which may hold secrets: it is neither shown nor kept as the cause.
    throw undecodable([], error instanceof RangeError ? "a number is out of range" : "it is no JSON");
  }
}

/** A number with an exponent or many digits; perhaps one inside a string, too. */
const MAY_BE_INEXACT = /(?:^|[\s:,[])-?(?:[\d.]{15}|[\d.]+[eE])/;
/** A string that breaks off ends with the text, so that no further search begins inside of it. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)|-?\d[\d.eE+-]*/g;

function isExact(token: string): boolean {
  // Fifteen digits always survive; no number that short needs the slow way.
  if (token.length <= 15 && !/[eE]/.test(token)) return true;
  return typeof parseNumber(token) === "number";
}

/**
 * The value of a type from JSON.
 *
 * @throws DiagnosticError that names the attribute when the JSON does not fit the type
 */
export function decodeJson(type: CtyType, json: Uint8Array | string, mode: Mode = "exact"): unknown {
  return fromJson(type, parseJson(typeof json === "string" ? json : new TextDecoder().decode(json)), mode);
}
