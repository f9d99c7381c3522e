/** Which values must not appear in a log line or in an error that nobody has written for users. */
import type { Secrets } from "../logger";
import type { Attributes } from "../schema/types";
import { isArray, isRecord, ownProperty } from "../values/value";

/** Anything shorter is found by chance in words that are no secret. */
const SHORTEST = 4;

/** Remembers what sensitive and write-only attributes hold. */
export function learnSecrets(secrets: Secrets, attributes: Attributes, value: unknown): void {
  if (!isRecord(value)) return;
  for (const [name, { type, flags, sensitive }] of Object.entries(attributes)) {
    const part = ownProperty(value, name);
    if (sensitive || flags.has("writeOnly")) learnTexts(secrets, part);
    else if (type.kind === "nested")
      for (const object of type.nesting === "single" ? [part] : elementsOf(part))
        learnSecrets(secrets, type.attributes, object);
  }
}

function learnTexts(secrets: Secrets, value: unknown): void {
  if (typeof value === "string" && value.length >= SHORTEST) secrets.add(value);
  else for (const element of elementsOf(value)) learnTexts(secrets, element);
}

function elementsOf(value: unknown): readonly unknown[] {
  if (isArray(value)) return value;
  return isRecord(value) ? Object.values(value) : [];
}
