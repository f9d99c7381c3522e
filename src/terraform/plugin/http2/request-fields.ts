/** What a request's header has to be like (RFC 9113, sections 8.2 and 8.3). */
import type { Header } from "./header-blocks";
import type { Field } from "./hpack/field";
import { StreamError } from "./wire";

const NAME = /^[!-9;-@[-~]+$/;
const NOT_IN_VALUE = /[\0\r\n]|^[ \t]|[ \t]$/;
const PSEUDO = [":method", ":scheme", ":path", ":authority"];
const REQUIRED = [":method", ":scheme", ":path"];
/** They are about one connection of HTTP/1.1: section 8.2.2. */
const OF_CONNECTIONS = ["connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade"];

export interface Request {
  readonly path: string;
  /** How many bytes the body has, where the client says so beforehand. */
  readonly contentLength: number | undefined;
}

/** @throws StreamError when the request is malformed: section 8.1.1 */
export function readRequest({ stream, fields }: Header): Request {
  const pseudo = new Map<string, string>();
  let regular = false;
  let contentLength: number | undefined;
  for (const field of fields) {
    const { name, value } = field;
    if (!name.startsWith(":")) {
      regular = true;
      assertRegular(stream, field);
      if (name === "content-length") contentLength = Number(value);
    } else if (regular || pseudo.has(name) || !PSEUDO.includes(name) || NOT_IN_VALUE.test(value)) {
      throw malformed(stream, name);
    } else {
      pseudo.set(name, value);
    }
  }
  const missing = REQUIRED.find((name) => !pseudo.get(name));
  if (missing !== undefined) throw malformed(stream, missing);
  return { path: pseudo.get(":path") ?? "", contentLength };
}

/** What may follow a request's body. */
export function assertTrailers({ stream, endsStream, fields }: Header): void {
  if (!endsStream) throw new StreamError(stream, "PROTOCOL_ERROR", "A second header does not end its stream");
  for (const field of fields) assertRegular(stream, field);
}

function assertRegular(stream: number, { name, value }: Field): void {
  const fits = NAME.test(name) && !NOT_IN_VALUE.test(value) && !OF_CONNECTIONS.includes(name);
  if (!fits || (name === "te" && value !== "trailers")) throw malformed(stream, name);
}

function malformed(stream: number, name: string): StreamError {
  return new StreamError(stream, "PROTOCOL_ERROR", `A request's field ${JSON.stringify(name)} is missing or malformed`);
}
