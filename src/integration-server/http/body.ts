/** Reads the body of an answer, and no more of it than can be worth reading. */
import { pipeline, type Readable } from "node:stream";
import { constants, createGunzip, type Gunzip } from "node:zlib";
import { JsonMeter } from "./json-meter";

export interface Body {
  readonly text: string;
  /** Why this is not the whole body, and cannot be: continues "got …". */
  readonly excess?: string;
}

/** @throws what the connection or the compression fails with */
export async function readBody(stream: Readable, encoding: string | undefined, largest: number): Promise<Body> {
  try {
    return await read(stream, (encoding ?? "identity").trim().toLowerCase(), largest);
  } finally {
    // Whatever still comes is not waited for.
    stream.destroy();
  }
}

async function read(stream: Readable, encoding: string, largest: number): Promise<Body> {
  if (encoding !== "identity" && encoding !== "gzip") return { text: "", excess: "an unknown compression" };
  const packed = new Limited(largest);
  const unpacked = new Limited(largest);
  const source = encoding === "gzip" ? pipeline(packed.pass(stream), gunzip(), () => undefined) : stream;
  const meter = new JsonMeter();
  const chunks: Uint8Array[] = [];
  for await (const chunk of unpacked.pass(source)) {
    const tooMuch = meter.read(chunk);
    if (tooMuch !== undefined) return { text: "", excess: tooMuch };
    chunks.push(chunk);
  }
  const text = new TextDecoder().decode(Buffer.concat(chunks));
  return packed.isExceeded || unpacked.isExceeded ? { text, excess: `more than ${largest} bytes` } : { text };
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
