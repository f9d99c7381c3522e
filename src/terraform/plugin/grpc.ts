/**
 * The server side of unary gRPC over HTTP/2, as far as a plugin needs it: no compression (none is announced, so none
 * may be sent), no streams, no deadlines (Terraform sets none). Why not a library: docs/decisions/0001-grpc-server.md.
 */
import type { IncomingHttpHeaders, ServerHttp2Stream } from "node:http2";
import type { Logger } from "../logger";

/** The status codes of gRPC that this server answers with. */
export const GrpcStatus = {
  OK: 0,
  NOT_FOUND: 5,
  RESOURCE_EXHAUSTED: 8,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
} as const;
export type GrpcStatus = (typeof GrpcStatus)[keyof typeof GrpcStatus];

export class GrpcError extends Error {
  override readonly name = "GrpcError";

  constructor(
    readonly status: GrpcStatus,
    message: string,
  ) {
    super(message);
  }
}

/** From one message to another, encoded. Throwing a `GrpcError` chooses the status. */
export type GrpcMethod = (request: Uint8Array) => Promise<Uint8Array>;
/** By path, e.g. `/grpc.health.v1.Health/Check`. */
export type GrpcMethods = ReadonlyMap<string, GrpcMethod>;

/** What go-plugin allows, and so what Terraform expects to be possible. */
export const MAX_MESSAGE_SIZE = 256 * 1024 * 1024;
/** Each message is preceded by one byte of flags and four of length. */
const PREFIX_SIZE = 5;

const RESPONSE_HEADERS = { ":status": 200, "content-type": "application/grpc+proto" };

/** A handler for the "stream" event of an HTTP/2 server. */
export function grpcHandler(methods: GrpcMethods, log: Logger) {
  return (stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void => {
    stream.on("error", (error) => log.debug("A gRPC stream broke", { error }));
    if (!/^application\/grpc(\+proto)?($|;)/.test(headers["content-type"] ?? "")) {
      stream.respond({ ":status": 415 }, { endStream: true });
      return;
    }
    answer(stream, headers[":path"], methods).catch((error: unknown) => {
      if (!(error instanceof GrpcError)) log.error("A gRPC call failed", { error });
      refuse(stream, error);
    });
  };
}

async function answer(stream: ServerHttp2Stream, path: string | undefined, methods: GrpcMethods): Promise<void> {
  const method = methods.get(path ?? "");
  if (method === undefined) throw new GrpcError(GrpcStatus.UNIMPLEMENTED, `There is no method ${path}`);
  const response = await method(onlyMessage(await body(stream)));
  if (response.length > MAX_MESSAGE_SIZE) {
    throw new GrpcError(GrpcStatus.RESOURCE_EXHAUSTED, `The answer has ${response.length} bytes`);
  }
  if (stream.destroyed) return;
  const prefix = Buffer.alloc(PREFIX_SIZE);
  prefix.writeUInt32BE(response.length, 1);
  stream.respond(RESPONSE_HEADERS, { waitForTrailers: true });
  stream.once("wantTrailers", () => stream.sendTrailers({ "grpc-status": String(GrpcStatus.OK) }));
  stream.write(prefix);
  stream.end(response);
}

/** An answer without a message: the status is in the headers. */
function refuse(stream: ServerHttp2Stream, error: unknown): void {
  if (stream.destroyed || stream.headersSent) return;
  const status = error instanceof GrpcError ? error.status : GrpcStatus.INTERNAL;
  const message = error instanceof Error ? error.message : String(error);
  stream.respond(
    { ...RESPONSE_HEADERS, "grpc-status": String(status), "grpc-message": encodeURI(message) },
    { endStream: true },
  );
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
    stream.once("end", () => resolve(Buffer.concat(chunks)));
    stream.once("close", () => reject(new GrpcError(GrpcStatus.INTERNAL, "The client gave the call up")));
  });
}

function onlyMessage(framed: Buffer): Buffer {
  if (framed.length < PREFIX_SIZE || framed.readUInt32BE(1) !== framed.length - PREFIX_SIZE) {
    throw new GrpcError(GrpcStatus.INTERNAL, "The request is not exactly one message");
  }
  if (framed.readUInt8(0) !== 0) throw new GrpcError(GrpcStatus.UNIMPLEMENTED, "Compressed messages are not supported");
  return framed.subarray(PREFIX_SIZE);
}
