/**
 * The server side of gRPC over HTTP/2, as far as a plugin needs it: one request, one answer or a stream of them; no
 * compression (none is announced, so none may be sent), no deadlines (Terraform sets none). Why not a library:
 * docs/decisions/0001-grpc-server.md.
 */
import { once } from "node:events";
import type { IncomingHttpHeaders, ServerHttp2Stream } from "node:http2";
import { toUSVString } from "node:util";
import type { Logger } from "../logger";

/** The status codes of gRPC that this server answers with. */
export const GrpcStatus = {
  OK: 0,
  NOT_FOUND: 5,
  RESOURCE_EXHAUSTED: 8,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
} as const;

export class GrpcError extends Error {
  override readonly name = "GrpcError";

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** What becomes of an encoded message. Throwing a `GrpcError` chooses the status. */
export type GrpcMethod =
  | { readonly unary: (request: Uint8Array) => Promise<Uint8Array> }
  /**
   * Any number of messages. The next one is asked for when the client has room for it; the signal is aborted when the
   * client gives the call up.
   */
  | { readonly stream: (request: Uint8Array, signal: AbortSignal) => AsyncIterable<Uint8Array> };
/** By path, e.g. `/grpc.health.v1.Health/Check`. */
export type GrpcMethods = ReadonlyMap<string, GrpcMethod>;

/** What go-plugin allows, and so what Terraform expects to be possible. Of an answer, the client sees to it. */
const MAX_MESSAGE_SIZE = 256 * 1024 * 1024;
/** Each message is preceded by one byte of flags and four of length. */
const PREFIX_SIZE = 5;

const RESPONSE_HEADERS = { ":status": 200, "content-type": "application/grpc+proto" };

/** Looks a method up; where the code for it has still to be loaded, this takes a while. */
export type FindGrpcMethod = (path: string) => GrpcMethod | undefined | Promise<GrpcMethod | undefined>;

/** A handler for the "stream" event of an HTTP/2 server. */
export function grpcHandler(find: FindGrpcMethod, log: Logger) {
  return async (stream: ServerHttp2Stream, { ":path": path = "" }: IncomingHttpHeaders): Promise<void> => {
    stream.on("error", (error) => log.debug("A gRPC stream broke", { error }));
    try {
      const method = await find(path);
      if (method === undefined) throw new GrpcError(GrpcStatus.UNIMPLEMENTED, `There is no method ${path}`);
      await answer(stream, method);
      end(stream, GrpcStatus.OK);
    } catch (error) {
      if (!(error instanceof GrpcError || stream.destroyed)) log.error("A gRPC call failed", { error });
      const refusal = error instanceof GrpcError ? error : new GrpcError(GrpcStatus.INTERNAL, String(error));
      end(stream, refusal.status, refusal.message);
    }
  };
}

async function answer(stream: ServerHttp2Stream, method: GrpcMethod): Promise<void> {
  if ("unary" in method) {
    write(stream, await method.unary(onlyMessage(await body(stream))));
    return;
  }
  const cancelled = new AbortController();
  stream.once("close", () => cancelled.abort());
  for await (const message of method.stream(onlyMessage(await body(stream)), cancelled.signal)) {
    if (stream.destroyed) return;
    if (!write(stream, message)) await once(stream, "drain", cancelled);
  }
}

/** @returns whether the client has room for more */
function write(stream: ServerHttp2Stream, message: Uint8Array): boolean {
  if (stream.destroyed) return false;
  if (!stream.headersSent) stream.respond(RESPONSE_HEADERS, { waitForTrailers: true });
  const framed = Buffer.allocUnsafe(PREFIX_SIZE + message.length);
  framed.writeUInt8(0);
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, PREFIX_SIZE);
  return stream.write(framed);
}

/** Says how the call ended: after its messages, or with the headers where there are none. */
function end(stream: ServerHttp2Stream, status: number, message = ""): void {
  if (stream.destroyed) return;
  const trailers = { "grpc-status": status, "grpc-message": encodeURI(toUSVString(message)) };
  if (stream.headersSent) stream.once("wantTrailers", () => stream.sendTrailers(trailers)).end();
  else stream.respond({ ...RESPONSE_HEADERS, ...trailers }, { endStream: true });
  // What the client still sends is of no use, but it would wait for room to send it. Closing the stream instead can
  // overtake the answer: Node.js 22 then sends the reset alone.
  stream.resume();
}

function body(stream: ServerHttp2Stream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    stream.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= PREFIX_SIZE + MAX_MESSAGE_SIZE) chunks.push(chunk);
      else reject(new GrpcError(GrpcStatus.RESOURCE_EXHAUSTED, `The request has more than ${MAX_MESSAGE_SIZE} bytes`));
    });
    stream.once("end", () => resolve(Buffer.concat(chunks))).once("close", reject);
  });
}

function onlyMessage(framed: Buffer): Buffer {
  if (framed.length < PREFIX_SIZE || framed.readUInt32BE(1) !== framed.length - PREFIX_SIZE) {
    throw new GrpcError(GrpcStatus.INTERNAL, "The request is not exactly one message");
  }
  if (framed.readUInt8(0) !== 0) throw new GrpcError(GrpcStatus.UNIMPLEMENTED, "Compressed messages are not supported");
  return framed.subarray(PREFIX_SIZE);
}
