/** One call of a client: its request comes in, and an answer goes out (RFC 9113, section 5.1). */
import type { Request } from "./request-fields";
import type { Body, Sender } from "./sender";

/** What becomes of a request. */
export interface StreamListener {
  /** A part of the body. */
  data(bytes: Buffer): void;
  /** The request is whole. */
  end(): void;
  /** Nothing waits any more of what was written. */
  drain(): void;
  /** Nothing more comes or goes: the answer is out, or the client gave it up, or the connection is gone. */
  close(): void;
}

export class Stream {
  readonly body: Body;
  listener: StreamListener | undefined;
  /** Whether the client has sent all. */
  received = false;
  #ended = false;
  #closed = false;

  /** How many bytes have come of the request's body. */
  receivedBytes = 0;

  /**
   * @param receiveWindow how many bytes the client may send
   * @param onDone when the answer is out
   */
  constructor(
    readonly id: number,
    private readonly request: Request,
    private readonly sender: Sender,
    public receiveWindow: number,
    private readonly onDone: (stream: Stream) => void,
  ) {
    this.body = sender.newBody(id, () => this.#sent());
  }

  get path(): string {
    return this.request.path;
  }

  /** Whether the request's body has the length that was announced, if one was: RFC 9113, section 8.1.1. */
  get isAsLongAsSaid(): boolean {
    return this.receivedBytes === (this.request.contentLength ?? this.receivedBytes);
  }

  /** Whether nobody waits for an answer any more. */
  get closed(): boolean {
    return this.#closed;
  }

  get answered(): boolean {
    return this.#ended && this.body.size === 0;
  }

  /** Begins the answer. */
  header(block: Buffer): void {
    if (!this.#closed) this.sender.header(this.id, block, false);
  }

  /**
   * Sends a part of the body, now or when there is room; whoever made the bytes must not change them any more.
   * @returns whether the client has room for more
   */
  write(chunks: readonly Uint8Array[]): boolean {
    if (this.#closed) return false;
    for (const chunk of chunks) {
      this.body.chunks.push(chunk);
      this.body.size += chunk.length;
    }
    this.sender.send(this.body);
    return this.body.size === 0;
  }

  /** Ends the answer with a last header, when the rest is out. */
  end(block: Buffer): void {
    if (this.#closed || this.#ended) return;
    this.#ended = true;
    this.body.trailers = block;
    this.sender.send(this.body);
  }

  /** Nothing more comes or goes. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.sender.forget(this.body);
    this.listener?.close();
  }

  #sent(): void {
    if (this.#ended) this.onDone(this);
    else this.listener?.drain();
  }
}
