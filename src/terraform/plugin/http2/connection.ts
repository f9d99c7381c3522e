/**
 * The server's side of one HTTP/2 connection (RFC 9113), over a socket on which both ends have agreed on it. It has what gRPC
 * needs: requests with bodies, answers with trailers, flow control, both ways of ending. Not here, as no client may expect it of
 * a server: priorities, pushes, CONNECT, and changing over from HTTP/1.1.
 */
import type { Duplex } from "node:stream";
import { FrameReader } from "./frame-reader";
import { type Header, HeaderBlocks, MAX_HEADER_LIST_SIZE, withoutPadding } from "./header-blocks";
import { assertTrailers, readRequest } from "./request-fields";
import { Sender } from "./sender";
import { Stream, type StreamListener } from "./stream";
import {
  ConnectionError,
  DEFAULT_FRAME_SIZE,
  DEFAULT_WINDOW,
  encodeFrame,
  Flag,
  type Frame,
  FrameType,
  goAway,
  MAX_FRAME_SIZE,
  MAX_WINDOW,
  rstStream,
  Setting,
  StreamError,
  settings,
  windowUpdate,
} from "./wire";

export interface ConnectionOptions {
  readonly socket: Duplex;
  /** The most bytes that a request's body may have. A client does not have to wait for permission to send them. */
  readonly maxBody: number;
  /** Takes a request on. */
  readonly onRequest: (stream: Stream) => StreamListener;
  /** What went wrong, for the log. */
  readonly onError: (error: Error) => void;
}

/** Terraform makes as many calls at a time as `-parallelism` says. */
const MAX_STREAMS = 10_000;
/** How many bytes the client may send before it is told that they have come. */
const WINDOW = 2 ** 30;
/** How many calls a client may take back before it is taken for one that does nothing else. */
const MAX_RESETS = 10_000;
/** Of how many streams that were refused it is known that their frames may still come. */
const MAX_REFUSED = 1_000;

export class Connection {
  /** Resolves when the socket is closed. */
  readonly closed: Promise<void>;
  readonly #reader = new FrameReader();
  readonly #headers = new HeaderBlocks();
  readonly #sender: Sender;
  readonly #streams = new Map<number, Stream>();
  /** Streams that this end has reset: what still comes for them is no fault of the client's. */
  readonly #refused = new Set<number>();
  #lastStream = 0;
  #window = WINDOW;
  #resets = 0;
  #hasSettings = false;
  #closing = false;

  constructor(private readonly options: ConnectionOptions) {
    const { socket, maxBody, onError } = options;
    this.#sender = new Sender(socket);
    this.#sender.frame(
      settings([
        [Setting.MAX_CONCURRENT_STREAMS, MAX_STREAMS],
        [Setting.INITIAL_WINDOW_SIZE, maxBody],
        [Setting.MAX_HEADER_LIST_SIZE, MAX_HEADER_LIST_SIZE],
      ]),
    );
    this.#sender.frame(windowUpdate(0, WINDOW - DEFAULT_WINDOW));
    this.closed = new Promise((resolve) => {
      socket.once("close", () => {
        this.#closeStreams();
        resolve();
      });
    });
    socket.on("error", onError);
    socket.on("data", (bytes: Buffer) => this.#read(bytes));
    socket.once("end", () => this.destroy());
  }

  /** Takes no more requests, and closes the connection when those that are there are answered: section 6.8. */
  close(): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#sender.frame(goAway(this.#lastStream, "NO_ERROR"));
    this.#endIfDone();
  }

  /** Closes the connection with whatever is on it. */
  destroy(): void {
    this.options.socket.destroy();
  }

  #read(bytes: Buffer): void {
    try {
      this.#reader.read(bytes, (frame) => this.#take(frame));
    } catch (error) {
      this.#fail(
        error instanceof ConnectionError ? error : new ConnectionError("INTERNAL_ERROR", String(error), error),
      );
    }
  }

  /** Section 5.4.1: the client is told why, if it still listens. */
  #fail(error: ConnectionError): void {
    const { socket, onError } = this.options;
    onError(error);
    socket.removeAllListeners("data").resume();
    this.#sender.frame(goAway(this.#lastStream, error.code, error.message));
    this.#sender.flush();
    this.#closeStreams();
    socket.end(() => socket.destroy());
  }

  #closeStreams(): void {
    for (const stream of this.#streams.values()) stream.close();
    this.#streams.clear();
  }

  #take(frame: Frame): void {
    try {
      this.#dispatch(frame);
    } catch (error) {
      if (!(error instanceof StreamError)) throw error;
      this.options.onError(error);
      this.#reset(error);
    }
  }

  #dispatch(frame: Frame): void {
    if (!this.#hasSettings && frame.type !== FrameType.SETTINGS) {
      throw new ConnectionError("PROTOCOL_ERROR", "The first frame is none with settings");
    }
    const header = this.#headers.take(frame);
    if (header !== undefined) this.#takeHeader(header);
    switch (frame.type) {
      case FrameType.DATA:
        this.#takeData(frame);
        break;
      case FrameType.PRIORITY:
        takePriority(frame);
        break;
      case FrameType.RST_STREAM:
        this.#takeReset(frame);
        break;
      case FrameType.SETTINGS:
        this.#takeSettings(frame);
        break;
      case FrameType.PUSH_PROMISE:
        throw new ConnectionError("PROTOCOL_ERROR", "A client cannot push");
      case FrameType.PING:
        this.#takePing(frame);
        break;
      case FrameType.GOAWAY:
        assertOfConnection(frame);
        break;
      case FrameType.WINDOW_UPDATE:
        this.#takeWindowUpdate(frame);
        break;
      default:
      // Kinds that are not known are left alone: section 5.5.
    }
  }

  /** Sections 5.1.1, 6.2 and 8.1. */
  #takeHeader(header: Header): void {
    const stream = this.#streams.get(header.stream);
    if (stream !== undefined) {
      if (stream.received) throw new StreamError(stream.id, "STREAM_CLOSED", "A header follows the end of its stream");
      assertTrailers(header);
      this.#received(stream);
      return;
    }
    if (header.stream % 2 === 0) throw new ConnectionError("PROTOCOL_ERROR", `A client has no stream ${header.stream}`);
    if (header.stream > this.#lastStream) this.#open(header);
    else if (!this.#refused.has(header.stream)) {
      throw new ConnectionError("STREAM_CLOSED", `A header is for stream ${header.stream}, which is closed`);
    }
  }

  #open(header: Header): void {
    // Requests that cross a GOAWAY are made again, by their client, on another connection.
    if (this.#closing) return;
    this.#lastStream = header.stream;
    if (this.#streams.size >= MAX_STREAMS) {
      throw new StreamError(header.stream, "REFUSED_STREAM", `There are more than ${MAX_STREAMS} streams`);
    }
    const { maxBody, onRequest } = this.options;
    const stream = new Stream(header.stream, readRequest(header), this.#sender, maxBody, (done) =>
      this.#forgetIfDone(done),
    );
    this.#streams.set(stream.id, stream);
    stream.listener = onRequest(stream);
    if (header.endsStream) this.#received(stream);
  }

  #received(stream: Stream): void {
    if (!stream.isAsLongAsSaid) {
      throw new StreamError(stream.id, "PROTOCOL_ERROR", "A request has not the length that it announces");
    }
    stream.received = true;
    stream.listener?.end();
    this.#forgetIfDone(stream);
  }

  #forgetIfDone(stream: Stream): void {
    if (!stream.received || !stream.answered) return;
    this.#streams.delete(stream.id);
    stream.close();
    this.#endIfDone();
  }

  #endIfDone(): void {
    if (!this.#closing || this.#streams.size > 0) return;
    this.#sender.flush();
    this.options.socket.end();
  }

  /** Section 6.1. */
  #takeData(frame: Frame): void {
    this.#countReceived(frame.payload.length);
    const stream = this.#streams.get(frame.stream);
    if (stream === undefined) {
      if (this.#isUnknown(frame)) return;
      throw new StreamError(frame.stream, "STREAM_CLOSED", "Data is for a stream that is closed");
    }
    if (stream.received) throw new StreamError(stream.id, "STREAM_CLOSED", "Data follows the end of its stream");
    stream.receiveWindow -= frame.payload.length;
    if (stream.receiveWindow < 0) throw new StreamError(stream.id, "FLOW_CONTROL_ERROR", "A request is too large");
    const data = withoutPadding(frame);
    stream.receivedBytes += data.length;
    if (data.length > 0) stream.listener?.data(data);
    if ((frame.flags & Flag.END_STREAM) !== 0) this.#received(stream);
  }

  /** Section 6.9. Whoever takes requests on keeps them anyway, so that the client is told when half of its window is used. */
  #countReceived(bytes: number): void {
    this.#window -= bytes;
    if (this.#window < 0) throw new ConnectionError("FLOW_CONTROL_ERROR", "More was sent than there is room for");
    if (this.#window > WINDOW / 2) return;
    this.#sender.frame(windowUpdate(0, WINDOW - this.#window));
    this.#window = WINDOW;
  }

  /** Section 6.4. */
  #takeReset(frame: Frame): void {
    assertSize(frame, 4);
    const stream = this.#streams.get(frame.stream);
    if (stream === undefined) {
      this.#isUnknown(frame);
      return;
    }
    if (++this.#resets > MAX_RESETS) throw new ConnectionError("ENHANCE_YOUR_CALM", "Too many calls were taken back");
    this.#streams.delete(stream.id);
    stream.close();
    this.#endIfDone();
  }

  #reset({ stream: id, code }: StreamError): void {
    this.#sender.frame(rstStream(id, code));
    this.#refused.add(id);
    for (const oldest of this.#refused) {
      if (this.#refused.size <= MAX_REFUSED) break;
      this.#refused.delete(oldest);
    }
    const stream = this.#streams.get(id);
    this.#streams.delete(id);
    stream?.close();
    this.#endIfDone();
  }

  /**
   * Of a stream that is not there: whether its frames may come all the same.
   * @throws ConnectionError when there has been no such stream, or can be none: section 5.1
   */
  #isUnknown({ stream }: Frame): boolean {
    if (stream > this.#lastStream && this.#closing) return true;
    if (stream === 0 || stream % 2 === 0 || stream > this.#lastStream) {
      throw new ConnectionError("PROTOCOL_ERROR", `There is no stream ${stream}`);
    }
    return this.#refused.has(stream);
  }

  /** Section 6.5. */
  #takeSettings(frame: Frame): void {
    assertOfConnection(frame);
    const { flags, payload } = frame;
    if ((flags & Flag.ACK) !== 0) {
      assertSize(frame, 0);
      return;
    }
    if (payload.length % 6 !== 0) throw new ConnectionError("FRAME_SIZE_ERROR", "A frame has half a setting");
    this.#hasSettings = true;
    for (let offset = 0; offset < payload.length; offset += 6) {
      this.#takeSetting(payload.readUInt16BE(offset), payload.readUInt32BE(offset + 2));
    }
    this.#sender.frame(encodeFrame(FrameType.SETTINGS, Flag.ACK, 0, Buffer.alloc(0)));
  }

  /** Section 6.5.2. What is about pushes, tables and long headers is of no account, since there are none of this end's. */
  #takeSetting(setting: number, value: number): void {
    if (setting === Setting.INITIAL_WINDOW_SIZE) {
      if (value > MAX_WINDOW) throw new ConnectionError("FLOW_CONTROL_ERROR", `A window of ${value} is too large`);
      this.#sender.changeInitialWindow(value, this.#bodies());
    } else if (setting === Setting.MAX_FRAME_SIZE) {
      if (value < DEFAULT_FRAME_SIZE || value > MAX_FRAME_SIZE) {
        throw new ConnectionError("PROTOCOL_ERROR", `Frames cannot have ${value} bytes`);
      }
      this.#sender.changeFrameSize(value);
    } else if (setting === Setting.ENABLE_PUSH && value > 1) {
      throw new ConnectionError("PROTOCOL_ERROR", "Pushes are allowed or not");
    }
  }

  *#bodies() {
    for (const { body } of this.#streams.values()) yield body;
  }

  /** Section 6.7. */
  #takePing(frame: Frame): void {
    assertOfConnection(frame);
    assertSize(frame, 8);
    if ((frame.flags & Flag.ACK) === 0) this.#sender.frame(encodeFrame(FrameType.PING, Flag.ACK, 0, frame.payload));
  }

  /** Section 6.9. */
  #takeWindowUpdate(frame: Frame): void {
    assertSize(frame, 4);
    const increment = frame.payload.readUInt32BE() & 0x7fff_ffff;
    if (frame.stream === 0) {
      if (increment === 0) throw new ConnectionError("PROTOCOL_ERROR", "A window is enlarged by nothing");
      this.#sender.enlargeWindow(increment);
      return;
    }
    const stream = this.#streams.get(frame.stream);
    if (stream === undefined) {
      this.#isUnknown(frame);
    } else if (increment === 0) {
      throw new StreamError(stream.id, "PROTOCOL_ERROR", "A window is enlarged by nothing");
    } else if (!this.#sender.enlargeWindowOf(stream.body, increment)) {
      throw new StreamError(stream.id, "FLOW_CONTROL_ERROR", "The client's window is too large");
    }
  }
}

function assertOfConnection({ stream }: Frame): void {
  if (stream !== 0) throw new ConnectionError("PROTOCOL_ERROR", "A frame about the connection names a stream");
}

function assertSize({ payload }: Frame, size: number): void {
  if (payload.length !== size) throw new ConnectionError("FRAME_SIZE_ERROR", `A frame has not ${size} bytes`);
}

/** Section 6.3: nobody needs them any more, but they have a form. */
function takePriority({ stream, payload }: Frame): void {
  if (stream === 0) throw new ConnectionError("PROTOCOL_ERROR", "The connection has no priority");
  if (payload.length !== 5) throw new StreamError(stream, "FRAME_SIZE_ERROR", "A priority has not 5 bytes");
}
