import { badRequest } from "./api-error";

/**
 * Splits a raw query into the parameters that the documents show; values stay as they were sent.
 *
 * @throws ApiError 400 for one that they do not show, or that comes twice
 */
export function parseQuery<Name extends string>(query: string, known: readonly Name[]): Partial<Record<Name, string>> {
  const values: Partial<Record<Name, string>> = {};
  for (const pair of query === "" ? [] : query.split("&")) {
    const [rawName = "", ...rest] = pair.split("=");
    const name = known.find((candidate) => candidate === rawName);
    if (name === undefined) {
      const allowed = known.length === 0 ? "takes none" : `takes ${known.join(", ")}`;
      throw badRequest(`Unknown query parameter "${rawName}": this request ${allowed}.`);
    }
    if (values[name] !== undefined) {
      throw badRequest(`The query parameter "${name}" is given twice.`);
    }
    values[name] = rest.join("=");
  }
  return values;
}

/** @throws ApiError 400 if a value is no valid percent-encoding */
export function decodeQueryValue(name: string, value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    throw badRequest(`The query parameter "${name}" is no valid percent-encoding: ${value}`);
  }
}
