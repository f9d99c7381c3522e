/** Reads the body of an answer, and no more of it than can be worth reading. */
import { pipeline, type Readable } from "node:stream";
import { TextDecoder } from "node:util";
import { constants, createGunzip, type Gunzip } from "node:zlib";
import { JsonMeter } from "./json-meter";
import type { LongArray } from "./json-slices";

export interface Body {
  /** Text in UTF-8. */
  readonly bytes: Buffer;
  /** Where it can be cut if it is JSON; none where it is not long. */
  readonly longArrays: readonly LongArray[];
  /** Why this is not the whole body, and cannot be: continues "got …". */
  readonly excess?: string;
}

/** What the headers say of a body: `Content-Encoding` and `Content-Type`. */
export interface BodyForm {
  readonly encoding: string | undefined;
  readonly type: string | undefined;
}

/** @throws what the connection or the compression fails with */
export async function readBody(stream: Readable, form: BodyForm, largest: number): Promise<Body> {
  try {
    return await read(stream, form, largest);
  } finally {
    // Whatever still comes is not waited for.
    stream.destroy();
  }
}

async function read(stream: Readable, form: BodyForm, largest: number): Promise<Body> {
  const encoding = (form.encoding ?? "identity").trim().toLowerCase();
  if (encoding !== "identity" && encoding !== "gzip") return { ...NOTHING, excess: "an unknown compression" };
  const packed = new Limited(largest);
  const unpacked = new Limited(largest);
  const source = encoding === "gzip" ? pipeline(packed.pass(stream), gunzip(), () => undefined) : stream;
  const meter = new JsonMeter();
  const chunks: Uint8Array[] = [];
  for await (const chunk of unpacked.pass(source)) {
    const tooMuch = meter.read(chunk);
    if (tooMuch !== undefined) return { ...NOTHING, excess: tooMuch };
    chunks.push(chunk);
  }
  const body = inUtf8({ bytes: Buffer.concat(chunks), longArrays: meter.longArrays }, form.type);
  return packed.isExceeded || unpacked.isExceeded ? { ...body, excess: `more than ${largest} bytes` } : body;
}

const NOTHING = { bytes: Buffer.alloc(0), longArrays: [] };

export function bodyText({ bytes }: Pick<Body, "bytes">): string {
  return new TextDecoder().decode(bytes);
}

/** JSON is UTF-8 by its standard; some servers and proxies write in another charset, and say so in the type or by a mark. */
function inUtf8(body: Body, type = ""): Body {
  const named = /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(type)?.[1];
  const decoder = decoderOf(marked(body.bytes) ?? named);
  return decoder.encoding === "utf-8" ? body : { bytes: Buffer.from(decoder.decode(body.bytes)), longArrays: [] };
}

function decoderOf(charset: string | undefined): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    // A name that nobody knows says nothing.
    return new TextDecoder();
  }
}

function marked([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

/** What breaks off is unpacked as far as it goes: that it is no whole JSON is seen later. */
function gunzip(): Gunzip {
  return createGunzip({ chunkSize: 65_536, finishFlush: constants.Z_SYNC_FLUSH });
}

/** Ends a stream that has more bytes than it may. */
class Limited {
  isExceeded = false;

  constructor(private readonly largest: number) {}

  async *pass(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let left = this.largest;
    for await (const chunk of stream) {
      if (chunk.length > left) {
        this.isExceeded = true;
        yield chunk.subarray(0, left);
        return;
      }
      left -= chunk.length;
      yield chunk;
    }
  }
}
