/** A connection of ours over a real socket, and clients for it: Node.js' own, and one that sends what it is told. */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type ClientHttp2Session, connect as connectHttp2, type SessionOptions } from "node:http2";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Connection } from "../../../../src/terraform/plugin/http2/connection";
import type { Stream, StreamListener } from "../../../../src/terraform/plugin/http2/stream";
import {
  DEFAULT_FRAME_SIZE,
  encodeFrame,
  FRAME_HEADER_SIZE,
  FrameType,
  PREFACE,
} from "../../../../src/terraform/plugin/http2/wire";

export const MAX_BODY = 1024 * 1024;

export class TestServer {
  readonly errors: Error[] = [];
  readonly connections: Connection[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), "http2-"));
  readonly #path = join(this.#folder, "socket");
  readonly #sockets: Socket[] = [];
  readonly #sessions: ClientHttp2Session[] = [];
  #server: Server | undefined;

  /** @param onSocket @default makes a connection */
  static async start(
    onRequest: (stream: Stream) => StreamListener,
    onSocket?: (socket: Socket) => void,
  ): Promise<TestServer> {
    const server = new TestServer();
    const serve = (socket: Socket) => {
      const onError = (error: Error) => server.errors.push(error);
      server.connections.push(new Connection({ socket, maxBody: MAX_BODY, onRequest, onError }));
    };
    server.#server = createServer(onSocket ?? serve).listen(server.#path);
    await once(server.#server, "listening");
    return server;
  }

  /** Node.js' own client. */
  session(options: SessionOptions = {}): ClientHttp2Session {
    const socket = connect(this.#path);
    const session = connectHttp2("http://localhost", { ...options, createConnection: () => socket });
    session.on("error", () => {});
    this.#sessions.push(session);
    return session;
  }

  /** A client that has sent its preface, and settings unless it shall not. */
  async raw(settings: Buffer | null = encodeFrame(FrameType.SETTINGS, 0, 0, Buffer.alloc(0))): Promise<RawClient> {
    const socket = connect(this.#path);
    this.#sockets.push(socket);
    await once(socket, "connect");
    const client = new RawClient(socket);
    client.send(PREFACE, ...(settings === null ? [] : [settings]));
    return client;
  }

  async stop(): Promise<void> {
    for (const session of this.#sessions) session.destroy();
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server?.close(resolve));
    rmSync(this.#folder, { recursive: true });
  }
}

export interface ReceivedFrame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

export class RawClient {
  readonly frames: ReceivedFrame[] = [];
  ended = false;
  #bytes = Buffer.alloc(0);
  #onNews = () => {};

  constructor(readonly socket: Socket) {
    socket.on("error", () => {});
    socket.on("data", (bytes: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, bytes]);
      this.#split();
      this.#onNews();
    });
    socket.on("close", () => {
      this.ended = true;
      this.#onNews();
    });
  }

  send(...bytes: readonly Uint8Array[]): void {
    this.socket.write(Buffer.concat(bytes));
  }

  /** The first frame that is like this; the end of the connection is an error. */
  async frame(like: Partial<ReceivedFrame>): Promise<ReceivedFrame> {
    for (;;) {
      const found = this.frames.find((frame) =>
        Object.entries(like).every(([name, value]) => frame[name as keyof ReceivedFrame] === value),
      );
      if (found !== undefined) return found;
      if (this.ended) throw new Error(`There was no frame ${JSON.stringify(like)}: ${JSON.stringify(this.frames)}`);
      await this.news();
    }
  }

  async end(): Promise<void> {
    while (!this.ended) await this.news();
  }

  news(): Promise<void> {
    return new Promise((resolve) => {
      this.#onNews = resolve;
    });
  }

  #split(): void {
    while (this.#bytes.length >= FRAME_HEADER_SIZE) {
      const length = this.#bytes.readUIntBE(0, 3);
      if (length > DEFAULT_FRAME_SIZE) throw new Error(`A frame has ${length} bytes`);
      if (this.#bytes.length < FRAME_HEADER_SIZE + length) return;
      this.frames.push({
        type: this.#bytes[3]!,
        flags: this.#bytes[4]!,
        stream: this.#bytes.readUInt32BE(5),
        payload: this.#bytes.subarray(FRAME_HEADER_SIZE, FRAME_HEADER_SIZE + length),
      });
      this.#bytes = this.#bytes.subarray(FRAME_HEADER_SIZE + length);
    }
  }
}

/** Nothing is done with a request. */
export const IGNORE: StreamListener = { data() {}, end() {}, drain() {}, close() {} };
