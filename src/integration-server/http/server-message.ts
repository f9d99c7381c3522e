/** Finds what a server wants to say to people in whatever form it says it, and keeps it short, safe and free of secrets. */
import { isObject } from "./json";
import { textOfMarkup } from "./markup";
import type { Secrets } from "./secret";
import { safeText, shortened } from "./server-text";

const LONGEST = 500;
/** No message stands deeper than this in what holds it. */
const DEEPEST = 10;
/** Names under which servers of this kind put the text of an error, the most telling first. */
const TELLING = ["message", "errormessage", "error_description", "detail", "error", "errors", "title", "description"];

/** The text of an error in an answer's body, which is JSON, plain text, HTML or XML. */
export function serverMessage(body: string, secrets: Secrets): string | undefined {
  return forPeople(textIn(body.trim()), secrets);
}

/** The text in a JSON value that is a message, or holds one. */
export function messageIn(value: unknown, secrets: Secrets): string | undefined {
  return forPeople(telling(value), secrets);
}

function textIn(body: string): string {
  if (body.startsWith("<")) return textOfMarkup(body);
  try {
    return telling(JSON.parse(body));
  } catch {
    return body;
  }
}

/** The value itself if it is a text, else the most telling field in it; empty when it says nothing. */
function telling(value: unknown, depth = 0): string {
  if (value === undefined || value === null || depth > DEEPEST) return "";
  if (Array.isArray(value)) {
    return value
      .map((element) => telling(element, depth + 1))
      .filter((message) => message !== "")
      .join("; ");
  }
  if (!isObject(value)) return String(value);
  const fields = new Map(Object.entries(value).map(([name, field]) => [name.toLowerCase(), field]));
  for (const name of TELLING) {
    const message = telling(fields.get(name), depth + 1);
    if (message !== "") return message;
  }
  return Object.keys(value).length === 0 ? "" : JSON.stringify(value);
}

/** First redacted, then shortened: the beginning of a secret is a secret, too. */
function forPeople(text: string, secrets: Secrets): string | undefined {
  const line = safeText(text.replaceAll(/\s+/g, " ").trim());
  return line === "" ? undefined : shortened(secrets.redact(line), LONGEST);
}
