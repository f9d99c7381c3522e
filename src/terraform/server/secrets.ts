/** Which values must not appear in a log line or in an error that nobody has written for users. */
import type { Secrets } from "../logger";
import type { Attributes } from "../schema/types";
import { Walk } from "../schema/walk";
import { isArray, isRecord, type ObjectValue } from "../values/value";

/** Anything shorter is found by chance in words that are no secret. */
const SHORTEST = 4;
const secret = new Walk(({ sensitive, flags }) => sensitive || flags.has("writeOnly"));

/** The same object comes with several calls: `recent-values.ts`. */
const known = new WeakMap<Secrets, WeakSet<ObjectValue>>();

/** Remembers what sensitive and write-only attributes hold. */
export function learnSecrets(secrets: Secrets, attributes: Attributes, object: ObjectValue | null): void {
  const learned = known.get(secrets) ?? new WeakSet<ObjectValue>();
  known.set(secrets, learned);
  if (object === null || learned.has(object)) return;
  learned.add(object);
  secret.visit(attributes, [object], (_, values) => {
    if (values[0] === null) return false;
    for (const text of textsIn(values[0])) if (text.length >= SHORTEST) secrets.add(text);
    return false;
  });
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (isArray(value)) return value.flatMap(textsIn);
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}
