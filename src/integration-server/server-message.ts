/** Finds what a server wants to say in whatever form it says it, and keeps it short. */
import { isObject } from "./json-reader";

const LONGEST = 500;
/** Names under which servers of this kind put the text of an error, the most telling first. */
const TELLING = ["message", "errormessage", "error_description", "detail", "error", "errors", "title", "description"];

/** The text of an error in an answer's body: JSON, plain text, HTML or XML. */
export function serverMessage(body: string): string | undefined {
  const text = body.trim();
  if (text.startsWith("<")) return shorten(textOfMarkup(text));
  try {
    return messageIn(JSON.parse(text));
  } catch {
    return shorten(text);
  }
}

/** The text of an error in a JSON value: the value itself, or the most telling field in it. */
export function messageIn(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return shorten(value);
  if (Array.isArray(value)) return shorten(value.flatMap((element) => messageIn(element) ?? []).join("; "));
  if (!isObject(value)) return String(value);
  const fields = new Map(Object.entries(value).map(([name, field]) => [name.toLowerCase(), field]));
  for (const name of TELLING) {
    const message = messageIn(fields.get(name));
    if (message !== undefined) return message;
  }
  return Object.keys(value).length === 0 ? undefined : shorten(JSON.stringify(value));
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
