/**
 * The server side of gRPC over HTTP/2, as far as a plugin needs it: one request, one answer or a stream of them; no
 * compression (none is announced, so none may be sent), no deadlines (Terraform sets none). Why neither a library nor
 * `node:http2`: docs/decisions/0001-grpc-server.md.
 */
import { toUSVString } from "node:util";
import type { Logger } from "../logger";
import { encodeFields } from "./http2/hpack/encoder";
import type { Stream, StreamListener } from "./http2/stream";
import { ConnectionError } from "./http2/wire";

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
  | { readonly stream: StreamMethod };
type StreamMethod = (request: Uint8Array, signal: AbortSignal) => AsyncIterable<Uint8Array>;
/** By path, e.g. `/grpc.health.v1.Health/Check`. */
export type GrpcMethods = ReadonlyMap<string, GrpcMethod>;

/** What go-plugin allows, and so what Terraform expects to be possible. Of an answer, the client sees to it. */
const MAX_MESSAGE_SIZE = 256 * 1024 * 1024;
/** Each message is preceded by one byte of flags and four of length. */
const PREFIX_SIZE = 5;
/** The most bytes of a request's body. */
export const MAX_REQUEST_SIZE = PREFIX_SIZE + MAX_MESSAGE_SIZE;

const HEADER = encodeFields({ ":status": "200", "content-type": "application/grpc+proto" });
const OK = encodeFields({ "grpc-status": String(GrpcStatus.OK) });

/** Looks a method up; where the code for it has still to be loaded, this takes a while. */
export type FindGrpcMethod = (path: string) => GrpcMethod | undefined | Promise<GrpcMethod | undefined>;

/** Takes on the requests of an HTTP/2 connection. */
export function grpcHandler(find: FindGrpcMethod, log: Logger): (stream: Stream) => StreamListener {
  return (stream) => new Call(stream, find, log);
}

/** Notes what goes wrong on a connection: most is the client's, or that it is gone. */
export function connectionErrors(log: Logger): (error: Error) => void {
  return (error) => {
    if (error instanceof ConnectionError && error.code === "INTERNAL_ERROR") {
      log.error("A connection failed", { error: error.cause });
    } else {
      log.debug("A connection broke, or a call on it", { error });
    }
  };
}

class Call implements StreamListener {
  readonly #method: ReturnType<FindGrpcMethod>;
  readonly #chunks: Buffer[] = [];
  #size = 0;
  #hasHeader = false;
  #refused = false;
  #onDrain: (() => void) | undefined;
  #cancelled: AbortController | undefined;

  constructor(
    private readonly stream: Stream,
    find: FindGrpcMethod,
    private readonly log: Logger,
  ) {
    // Asked for at once: what it needs is loaded while the request comes in.
    this.#method = find(stream.path);
    // It may fail before the request is whole, when `answer` looks at it.
    if (this.#method instanceof Promise) this.#method.catch(() => {});
    if (this.#method === undefined) this.#fail(unimplemented(stream.path));
  }

  data(bytes: Buffer): void {
    // What still comes for a call that is answered is of no use; but its client would not expect to be interrupted.
    if (this.#refused) return;
    this.#size += bytes.length;
    this.#chunks.push(bytes);
    // Before the rest comes, for which there would be no room.
    if (this.#size >= PREFIX_SIZE && this.#size - bytes.length < PREFIX_SIZE) this.#assertSize();
  }

  #assertSize(): void {
    if (Buffer.concat(this.#chunks).readUInt32BE(1) <= MAX_MESSAGE_SIZE) return;
    this.#fail(new GrpcError(GrpcStatus.RESOURCE_EXHAUSTED, `The request has more than ${MAX_MESSAGE_SIZE} bytes`));
  }

  end(): void {
    if (this.#refused) return;
    this.#answer().catch((error: unknown) => {
      if (!(error instanceof GrpcError || this.stream.closed)) this.log.error("A gRPC call failed", { error });
      this.#fail(error);
    });
  }

  drain(): void {
    this.#onDrain?.();
  }

  close(): void {
    this.#chunks.length = 0;
    this.#onDrain?.();
    this.#cancelled?.abort();
  }

  async #answer(): Promise<void> {
    const request = onlyMessage(Buffer.concat(this.#chunks, this.#size));
    this.#chunks.length = 0;
    const method = await this.#method;
    if (method === undefined) throw unimplemented(this.stream.path);
    if ("unary" in method) {
      this.#write(await method.unary(request));
    } else {
      await this.#stream(method.stream, request);
    }
    this.stream.end(this.#hasHeader ? OK : Buffer.concat([HEADER, OK]));
  }

  async #stream(method: StreamMethod, request: Uint8Array): Promise<void> {
    this.#cancelled = new AbortController();
    if (this.stream.closed) this.#cancelled.abort();
    for await (const message of method(request, this.#cancelled.signal)) {
      if (!this.#write(message)) await this.#drained();
      if (this.stream.closed) return;
    }
  }

  /** Resolves, too, when there is nobody to write to any more. */
  #drained(): Promise<void> {
    return new Promise((resolve) => {
      if (this.stream.closed) resolve();
      else this.#onDrain = resolve;
    });
  }

  /** @returns whether the client has room for more */
  #write(message: Uint8Array): boolean {
    if (!this.#hasHeader) this.stream.header(HEADER);
    this.#hasHeader = true;
    const prefix = Buffer.alloc(PREFIX_SIZE);
    prefix.writeUInt32BE(message.length, 1);
    return this.stream.write([prefix, message]);
  }

  /** Says how the call ended, after its messages, or with the header where there are none. */
  #fail(error: unknown): void {
    this.#refused = true;
    this.#chunks.length = 0;
    const { status, message } = error instanceof GrpcError ? error : new GrpcError(GrpcStatus.INTERNAL, String(error));
    const fields = { "grpc-status": String(status), "grpc-message": encodeURI(toUSVString(message)) };
    const trailers = encodeFields(fields);
    this.stream.end(this.#hasHeader ? trailers : Buffer.concat([HEADER, trailers]));
  }
}

function unimplemented(path: string): GrpcError {
  return new GrpcError(GrpcStatus.UNIMPLEMENTED, `There is no method ${path}`);
}

function onlyMessage(framed: Buffer): Buffer {
  if (framed.length < PREFIX_SIZE || framed.readUInt32BE(1) !== framed.length - PREFIX_SIZE) {
    throw new GrpcError(GrpcStatus.INTERNAL, "The request is not exactly one message");
  }
  if (framed.readUInt8(0) !== 0) throw new GrpcError(GrpcStatus.UNIMPLEMENTED, "Compressed messages are not supported");
  return framed.subarray(PREFIX_SIZE);
}
