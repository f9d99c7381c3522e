/**
 * What goes to the client: frames, and bodies as fast as the client has room for them (RFC 9113, sections 5.2 and 6.9). All
 * that is sent in one turn of the event loop is written at once.
 */
import type { Duplex } from "node:stream";
import { NO_TABLE } from "./hpack/encoder";
import {
  ConnectionError,
  DEFAULT_FRAME_SIZE,
  DEFAULT_WINDOW,
  encodeFrame,
  Flag,
  FrameType,
  frameHeader,
  MAX_WINDOW,
} from "./wire";

/** The body of one answer, and what is still to be sent of it. */
export interface Body {
  readonly stream: number;
  /** How many bytes the client has room for; less than none where it has changed its mind. */
  window: number;
  /** What waits. */
  readonly chunks: Uint8Array[];
  /** How many bytes these are. */
  size: number;
  /** What ends the answer when the rest is sent. */
  trailers: Buffer | undefined;
  /** Is called when nothing waits any more. */
  sent(): void;
}

/** How many bytes may be on their way to the socket before bodies wait. */
const CONGESTED = 1024 * 1024;
/** Bodies wait long before this; who makes that many other frames necessary and reads none means no good. */
const MAX_UNREAD = 16 * CONGESTED;
/** Up to here, copying is cheaper than writing each piece. */
const COPIED = 64 * 1024;

export class Sender {
  readonly #waiting = new Set<Body>();
  #window = DEFAULT_WINDOW;
  #initialWindow = DEFAULT_WINDOW;
  #frameSize = DEFAULT_FRAME_SIZE;
  #batch: Uint8Array[] = [];
  #batchSize = 0;
  #hasSentHeader = false;

  constructor(private readonly socket: Duplex) {
    socket.on("drain", () => this.#resume());
  }

  newBody(stream: number, sent: () => void): Body {
    return { stream, window: this.#initialWindow, chunks: [], size: 0, trailers: undefined, sent };
  }

  frame(frame: Uint8Array): void {
    if (this.#batch.length === 0) process.nextTick(() => this.flush());
    this.#batch.push(frame);
    this.#batchSize += frame.length;
  }

  /** Sections 6.2 and 6.10. */
  header(stream: number, block: Buffer, endsStream: boolean): void {
    let rest = this.#hasSentHeader ? block : Buffer.concat([NO_TABLE, block]);
    this.#hasSentHeader = true;
    for (let type: number = FrameType.HEADERS; ; type = FrameType.CONTINUATION) {
      const fragment = rest.subarray(0, this.#frameSize);
      rest = rest.subarray(fragment.length);
      const ending = endsStream && type === FrameType.HEADERS ? Flag.END_STREAM : 0;
      this.frame(encodeFrame(type, ending | (rest.length === 0 ? Flag.END_HEADERS : 0), stream, fragment));
      if (rest.length === 0) return;
    }
  }

  /** Sends what a body has to send, or as much as there is room for, and the rest when there is more. */
  send(body: Body): void {
    while (this.#sendFrame(body)) {}
    if (body.size > 0) this.#waiting.add(body);
    else this.#finish(body);
  }

  /** Nothing more of a body is wanted. */
  forget(body: Body): void {
    this.#waiting.delete(body);
    body.chunks.length = 0;
    body.size = 0;
  }

  /** The client has more room. */
  enlargeWindow(increment: number): void {
    if (this.#window + increment > MAX_WINDOW) {
      throw new ConnectionError("FLOW_CONTROL_ERROR", "The client's window is too large");
    }
    this.#window += increment;
    this.#resume();
  }

  /** @returns whether the window is still one: section 6.9.1 */
  enlargeWindowOf(body: Body, increment: number): boolean {
    body.window += increment;
    if (body.window > MAX_WINDOW) return false;
    this.#resume();
    return true;
  }

  /** Section 6.9.2: what is on its way counts, too. */
  changeInitialWindow(size: number, bodies: Iterable<Body>): void {
    const difference = size - this.#initialWindow;
    this.#initialWindow = size;
    for (const body of bodies) {
      body.window += difference;
      if (body.window > MAX_WINDOW) {
        throw new ConnectionError("FLOW_CONTROL_ERROR", "The client's window is too large");
      }
    }
    this.#resume();
  }

  changeFrameSize(size: number): void {
    this.#frameSize = size;
  }

  /** Writes what has been collected. */
  flush(): void {
    const { socket } = this;
    const batch = this.#batch;
    const size = this.#batchSize;
    this.#batch = [];
    this.#batchSize = 0;
    if (batch.length === 0 || !socket.writable) return;
    if (socket.writableLength > MAX_UNREAD) {
      socket.destroy(new ConnectionError("ENHANCE_YOUR_CALM", "The client does not read what it is sent"));
      return;
    }
    if (size <= COPIED) {
      socket.write(Buffer.concat(batch, size));
      return;
    }
    socket.cork();
    for (const bytes of batch) socket.write(bytes);
    socket.uncork();
  }

  /** A frame of each body that waits, again and again, so that a long one does not keep the others waiting. */
  #resume(): void {
    for (let goesOn = true; goesOn; ) {
      goesOn = false;
      for (const body of this.#waiting) {
        if (this.#sendFrame(body)) goesOn = true;
        if (body.size > 0) continue;
        this.#waiting.delete(body);
        this.#finish(body);
      }
    }
  }

  /** @returns whether there was something to send, and room for it */
  #sendFrame(body: Body): boolean {
    const length = Math.min(body.size, body.window, this.#window, this.#frameSize);
    if (length <= 0 || this.#batchSize + this.socket.writableLength >= CONGESTED) return false;
    this.frame(frameHeader(FrameType.DATA, 0, body.stream, length));
    this.#window -= length;
    body.window -= length;
    body.size -= length;
    for (let rest = length; rest > 0; ) {
      const [chunk = new Uint8Array()] = body.chunks;
      this.frame(chunk.subarray(0, rest));
      if (chunk.length > rest) body.chunks[0] = chunk.subarray(rest);
      else body.chunks.shift();
      rest -= Math.min(rest, chunk.length);
    }
    return true;
  }

  #finish(body: Body): void {
    const { trailers } = body;
    body.trailers = undefined;
    if (trailers !== undefined) this.header(body.stream, trailers, true);
    body.sent();
  }
}
