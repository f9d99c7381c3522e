/** Answers of a server, or of someone behind it, that nobody may trust. */
import type { Json } from "../json";
import type { RecordedRequest } from "../requests";
import type { HostileFault } from "./fault";
import { isObject } from "./values";

/** Properties whose text is for people; nothing goes by it. */
const FREE_TEXTS: ReadonlySet<string> = new Set([
  "description",
  "displayName",
  "edition",
  "errorMessage",
  "message",
  "productName",
  "publisher",
  "stage",
  "svmVersion",
  "validationWarnings",
  "vendor",
  "version",
]);

/** What makes a terminal do something, or show something else than is there. */
export const TERMINAL_ESCAPES =
  "\u001b]52;c;cm0gLXJmIH4=\u0007\u001b[2J\u001b[H\u009b2J\u0000\u202egnp.exe\u2066\r\nApply complete! Resources: 1 added, 0 changed, 0 destroyed.";

/** Puts into texts what does not belong there. */
export class Hostility {
  /** Every secret that has been seen, in the forms that it was seen in. */
  readonly #secrets = new Set<string>();

  /** Remembers what a request holds that nobody else may see. */
  see({ headers, body }: Pick<RecordedRequest, "headers" | "body">): void {
    const [scheme, credentials] = (headers.authorization ?? "").split(" ");
    if (credentials !== undefined) {
      this.#secrets.add(credentials);
    }
    if (scheme === "Basic" && credentials !== undefined) {
      this.#secrets.add(decoded(credentials).replace(/^[^:]*:/, ""));
    }
    for (const password of passwordsIn(body)) {
      this.#secrets.add(password).add(decoded(password));
    }
  }

  apply(fault: HostileFault, text: string): string {
    switch (fault.kind) {
      case "echo":
        return inFreeTexts(text, (said) => [said, ...this.#secrets].join(" "));
      case "escapes":
        return inFreeTexts(text, (said) => `${said} ${TERMINAL_ESCAPES}`);
      case "flood": {
        const piece = fault.text ?? "<";
        return piece.repeat(Math.ceil((fault.bytes ?? 400_000) / piece.length));
      }
    }
  }
}

function inFreeTexts(text: string, change: (text: string) => string): string {
  try {
    return JSON.stringify(changed(JSON.parse(text), change));
  } catch {
    return text;
  }
}

function changed(value: Json, change: (text: string) => string): Json {
  if (Array.isArray(value)) {
    return value.map((each: Json) => changed(each, change));
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, each = null]) => [
          name,
          FREE_TEXTS.has(name) && (typeof each === "string" || each === null)
            ? change(each ?? "")
            : changed(each, change),
        ]),
      )
    : value;
}

function passwordsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, each]) =>
    name === "password" && typeof each === "string" ? [each] : passwordsIn(each),
  );
}

function decoded(text: string): string {
  return Buffer.from(text, "base64").toString("utf8");
}
