/** Finds what a server wants to say in whatever form it says it, and keeps it short. */
import { isObject } from "./json-reader";
import { redact } from "./password";

const LONGEST = 500;
/** Names under which servers of this kind put the text of an error, the most telling first. */
const TELLING = ["message", "errormessage", "error_description", "detail", "error", "errors", "title", "description"];

/** The text of an error in an answer's body, which is JSON, plain text, HTML or XML; without the given secrets. */
export function serverMessage(body: string, secrets: readonly string[] = []): string | undefined {
  // First redacted, then shortened: the beginning of a secret is a secret, too.
  return shorten(redact(textIn(body.trim()), secrets));
}

/** The text of an error that is a JSON value. */
export function errorMessage(value: unknown): string | undefined {
  return shorten(messageIn(value));
}

function textIn(body: string): string {
  if (body.startsWith("<")) return textOfMarkup(body);
  try {
    return messageIn(JSON.parse(body));
  } catch {
    return body;
  }
}

/** The value itself if it is a text, else the most telling field in it; empty when it says nothing. */
function messageIn(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) {
    return value
      .map(messageIn)
      .filter((message) => message !== "")
      .join("; ");
  }
  if (!isObject(value)) return String(value);
  const fields = new Map(Object.entries(value).map(([name, field]) => [name.toLowerCase(), field]));
  for (const name of TELLING) {
    const message = messageIn(fields.get(name));
    if (message !== "") return message;
  }
  return Object.keys(value).length === 0 ? "" : JSON.stringify(value);
}

function textOfMarkup(markup: string): string {
  const title = /<title[^>]*>([^<]+)<\/title>/i.exec(markup)?.[1];
  return title ?? markup.replaceAll(/<(style|script)\b.*?<\/\1>/gis, " ").replaceAll(/<[^>]*>/g, " ");
}

function shorten(text: string): string | undefined {
  const line = text.replaceAll(/\s+/g, " ").trim();
  if (line === "") return undefined;
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
