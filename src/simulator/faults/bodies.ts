import type { Json } from "../json";
import type { RecordedRequest } from "../requests";
import type { Fault } from "./fault";
import type { Hostility } from "./hostile";
import { isObject, ownId } from "./values";

/** An answer's status and body as they are sent. */
export interface WrittenBody {
  readonly status: number;
  /** `Content-Type`; nothing without a body. */
  readonly type?: string;
  readonly text: string;
}

/** Makes another body of an answer's, if that is the fault. */
export function applyBodyFault(
  fault: Fault,
  body: WrittenBody,
  request: RecordedRequest,
  hostility: Hostility,
): WrittenBody {
  const { text } = body;
  switch (fault.kind) {
    case "html":
      return { status: fault.status ?? body.status, type: "text/html; charset=utf-8", text: page };
    case "empty":
      return { ...body, text: "" };
    case "truncated":
      return { ...body, text: text.slice(0, Math.floor(text.length / 2)) };
    case "numericId":
      return { ...body, text: withNumericId(text, fault.digits ?? "9007199254740993") };
    case "wrongTypes":
      return text === "" ? body : { ...body, text: JSON.stringify(withWrongTypes(parse(text))) };
    case "deep": {
      const depth = fault.depth ?? 100_000;
      return { ...body, text: `${"[".repeat(depth)}${text}${"]".repeat(depth)}` };
    }
    case "huge":
      return { ...body, text: padded(text, fault.bytes ?? 64 * 1024 * 1024) };
    case "rewrite":
      return { ...body, text: fault.rewrite(text, request) };
    case "echo":
    case "escapes":
    case "flood":
      return { ...body, text: hostility.apply(fault, text) };
    default:
      return body;
  }
}

const page = `<!DOCTYPE html>
<html>
<head><title>Welcome</title></head>
<body><h1>It works</h1><p>This is the page of a proxy, as the simulator was asked for.</p></body>
</html>
`;

/** Digits that only text can hold exactly: no number is made of them. */
function withNumericId(text: string, digits: string): string {
  const id = ownId(parse(text));
  return id === undefined ? text : text.replace(`:${JSON.stringify(id)}`, `:${digits}`);
}

function withWrongTypes(value: Json): Json {
  if (typeof value === "string") {
    return value.length;
  }
  if (value === null || typeof value !== "object") {
    return String(value);
  }
  // A list becomes an object with its positions as names.
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withWrongTypes(each ?? null)]));
}

function padded(text: string, bytes: number): string {
  const padding = `"padding":"${"x".repeat(bytes)}"`;
  return isObject(parse(text)) && text !== "{}" ? `{${padding},${text.slice(1)}` : `{${padding}}`;
}

/** Only what the simulator itself has written as JSON is other than null. */
function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
