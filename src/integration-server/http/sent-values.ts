/** What a request said, for whoever has to find out why it was refused. */
import { isObject, type JsonObject } from "./json";
import { Secret, type Secrets } from "./secret";
import { safeText, shortened } from "./server-text";

const LONGEST = 1_000;

/** `name = "svm-1", image.id = "7"`: the values of a body without its secrets; undefined where it has none. */
export function sentValues(body: JsonObject | undefined, secrets: Secrets): string | undefined {
  const values = body === undefined ? [] : [...leavesOf(body, "")];
  return values.length === 0 ? undefined : shortened(safeText(secrets.redact(values.join(", "))), LONGEST);
}

function* leavesOf(value: unknown, path: string): Iterable<string> {
  if (value === undefined || value instanceof Secret) return;
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) yield* leavesOf(element, `${path}[${index}]`);
  } else if (isObject(value)) {
    for (const [name, field] of Object.entries(value)) yield* leavesOf(field, path === "" ? name : `${path}.${name}`);
  } else {
    yield `${path} = ${JSON.stringify(value)}`;
  }
}
