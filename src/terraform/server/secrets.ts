/** What must not appear in a log line or in an error that nobody has written for users. */

import type { RedactingLogger } from "../logger";
import type { Attribute, Attributes } from "../schema/types";
import { isArray, isRecord, ownProperty } from "../values/value";

/** Anything shorter is found by chance in words that are no secret. */
const SHORTEST = 4;
const REDACTED = "***";

/** Remembers the values of sensitive and write-only attributes, and takes them out of texts and of the log. */
export class Secrets {
  private readonly known = new Set<string>();

  constructor(private readonly log: RedactingLogger) {}

  /** Remembers the secrets in a value of these attributes. */
  learn(attributes: Attributes, value: unknown): void {
    if (!isRecord(value)) return;
    for (const [name, attribute] of Object.entries(attributes))
      this.learnAttribute(attribute, ownProperty(value, name));
  }

  private learnAttribute({ type, flags, sensitive }: Attribute, value: unknown): void {
    if (sensitive || flags.has("writeOnly")) {
      this.learnTexts(value);
    } else if (type.kind === "nested") {
      const objects = type.nesting === "single" ? [value] : elementsOf(value);
      for (const object of objects) this.learn(type.attributes, object);
    }
  }

  private learnTexts(value: unknown): void {
    if (typeof value === "string") {
      if (value.length < SHORTEST) return;
      this.log.redact(value);
      this.known.add(value);
      this.known.add(Buffer.from(value).toString("base64"));
    } else {
      for (const element of elementsOf(value)) this.learnTexts(element);
    }
  }

  redact(text: string): string {
    let redacted = text;
    for (const secret of this.known) redacted = redacted.replaceAll(secret, REDACTED);
    return redacted;
  }
}

function elementsOf(value: unknown): readonly unknown[] {
  if (isArray(value)) return value;
  return isRecord(value) ? Object.values(value) : [];
}
