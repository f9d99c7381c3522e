/** What a client may not do, and what becomes of it: frames that a client of Node.js or Go would never send. */
import { encodeFields } from "../../../../src/terraform/plugin/http2/hpack/encoder";
import type { Stream, StreamListener } from "../../../../src/terraform/plugin/http2/stream";
import {
  ErrorCode,
  encodeFrame,
  Flag,
  FrameType,
  Setting,
  settings,
  windowUpdate,
} from "../../../../src/terraform/plugin/http2/wire";
import { IGNORE, MAX_BODY, TestServer } from "./server";

const { DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION } =
  FrameType;
const { END_STREAM, END_HEADERS, PADDED, PRIORITY: HAS_PRIORITY, ACK } = Flag;
type Code = keyof typeof ErrorCode;

const REQUEST = { ":method": "POST", ":scheme": "http", ":path": "/" };
const ANSWER = encodeFields({ ":status": "200" });
const NOTHING = Buffer.alloc(0);
const bytes = (...values: number[]) => Buffer.from(values);
const zeros = (length: number) => Buffer.alloc(length);
const request = (stream: number, flags: number = END_HEADERS, more: Readonly<Record<string, string>> = {}) =>
  encodeFrame(HEADERS, flags, stream, encodeFields({ ...REQUEST, ...more }));
const fields = (of: Readonly<Record<string, string>>) =>
  encodeFrame(HEADERS, END_HEADERS | END_STREAM, 1, encodeFields(of));
const ping = encodeFrame(PING, 0, 0, Buffer.from("12345678"));

let server: TestServer;
let requests: Stream[];
let listener: StreamListener;
beforeEach(async () => {
  requests = [];
  listener = IGNORE;
  server = await TestServer.start((stream) => {
    requests.push(stream);
    return listener;
  });
});
afterEach(() => server.stop());

test.each<readonly [string, Code, readonly Buffer[]]>([
  ["data before any stream", "PROTOCOL_ERROR", [encodeFrame(DATA, 0, 1, zeros(1))]],
  ["data for the connection", "PROTOCOL_ERROR", [encodeFrame(DATA, 0, 0, zeros(1))]],
  [
    "data that is all padding and more",
    "PROTOCOL_ERROR",
    [request(1), encodeFrame(DATA, PADDED, 1, bytes(4, 0, 0, 0))],
  ],
  ["padded data without its length", "FRAME_SIZE_ERROR", [request(1), encodeFrame(DATA, PADDED, 1, NOTHING)]],
  ["a header for the connection", "PROTOCOL_ERROR", [request(0)]],
  ["a header for a stream of the server's", "PROTOCOL_ERROR", [request(2)]],
  ["a header for an earlier stream", "STREAM_CLOSED", [request(5), request(3)]],
  [
    "a header with half a priority",
    "FRAME_SIZE_ERROR",
    [encodeFrame(HEADERS, HAS_PRIORITY | END_HEADERS, 1, zeros(4))],
  ],
  ["a header that cannot be decoded", "COMPRESSION_ERROR", [encodeFrame(HEADERS, END_HEADERS, 1, bytes(0x80))]],
  ["another frame inside of a header", "PROTOCOL_ERROR", [request(1, 0), ping]],
  [
    "the rest of another stream's header",
    "PROTOCOL_ERROR",
    [request(1, 0), encodeFrame(CONTINUATION, END_HEADERS, 3, NOTHING)],
  ],
  ["the rest of no header", "PROTOCOL_ERROR", [encodeFrame(CONTINUATION, END_HEADERS, 1, NOTHING)]],
  [
    "a header without end",
    "ENHANCE_YOUR_CALM",
    [request(1, 0), ...Array(10_000).fill(encodeFrame(CONTINUATION, 0, 1, NOTHING))],
  ],
  ["a priority of the connection", "PROTOCOL_ERROR", [encodeFrame(PRIORITY, 0, 0, zeros(5))]],
  ["a reset of the connection", "PROTOCOL_ERROR", [encodeFrame(RST_STREAM, 0, 0, zeros(4))]],
  ["a reset of no stream", "PROTOCOL_ERROR", [encodeFrame(RST_STREAM, 0, 1, zeros(4))]],
  ["a reset of another size", "FRAME_SIZE_ERROR", [request(1), encodeFrame(RST_STREAM, 0, 1, zeros(5))]],
  ["half a setting", "FRAME_SIZE_ERROR", [encodeFrame(SETTINGS, 0, 0, zeros(7))]],
  ["settings of a stream", "PROTOCOL_ERROR", [encodeFrame(SETTINGS, 0, 1, NOTHING)]],
  ["settings that are confirmed and made", "FRAME_SIZE_ERROR", [encodeFrame(SETTINGS, ACK, 0, zeros(6))]],
  ["pushes that are half allowed", "PROTOCOL_ERROR", [settings([[Setting.ENABLE_PUSH, 2]])]],
  [
    "a window that is too large from the beginning",
    "FLOW_CONTROL_ERROR",
    [settings([[Setting.INITIAL_WINDOW_SIZE, 2 ** 31]])],
  ],
  ["frames that are too small", "PROTOCOL_ERROR", [settings([[Setting.MAX_FRAME_SIZE, 16_383]])]],
  ["frames that are too large", "PROTOCOL_ERROR", [settings([[Setting.MAX_FRAME_SIZE, 2 ** 24]])]],
  ["a push", "PROTOCOL_ERROR", [request(1), encodeFrame(PUSH_PROMISE, END_HEADERS, 1, zeros(4))]],
  ["a ping of another size", "FRAME_SIZE_ERROR", [encodeFrame(PING, 0, 0, zeros(7))]],
  ["a ping of a stream", "PROTOCOL_ERROR", [encodeFrame(PING, 0, 1, zeros(8))]],
  ["a farewell of a stream", "PROTOCOL_ERROR", [encodeFrame(GOAWAY, 0, 1, zeros(8))]],
  ["a window of another size", "FRAME_SIZE_ERROR", [encodeFrame(WINDOW_UPDATE, 0, 0, zeros(3))]],
  ["a window of no stream", "PROTOCOL_ERROR", [windowUpdate(1, 1)]],
  ["a window that grows by nothing", "PROTOCOL_ERROR", [windowUpdate(0, 0)]],
  ["a window that grows too large", "FLOW_CONTROL_ERROR", [windowUpdate(0, 2 ** 31 - 1)]],
  [
    "a window that grows too large through settings",
    "FLOW_CONTROL_ERROR",
    [request(1), windowUpdate(1, 2 ** 30), settings([[Setting.INITIAL_WINDOW_SIZE, 2 ** 31 - 1]])],
  ],
  ["a frame that is too large", "FRAME_SIZE_ERROR", [encodeFrame(DATA, 0, 1, zeros(16_385))]],
])("%s ends the connection", async (_, code, frames) => {
  const client = await server.raw();
  client.send(...frames);
  const { payload } = await client.frame({ type: GOAWAY });
  expect(payload.readUInt32BE(4)).toBe(ErrorCode[code]);
  await client.end();
  expect(server.errors).toEqual([expect.objectContaining({ name: "ConnectionError", code })]);
});

test.each<readonly [string, Code, readonly Buffer[]]>([
  ["data after its end", "STREAM_CLOSED", [request(1, END_HEADERS | END_STREAM), encodeFrame(DATA, 0, 1, zeros(1))]],
  ["a header after its end", "STREAM_CLOSED", [request(1, END_HEADERS | END_STREAM), request(1)]],
  [
    "a second header that is not the end",
    "PROTOCOL_ERROR",
    [request(1), encodeFrame(HEADERS, END_HEADERS, 1, NOTHING)],
  ],
  ["a path at the end", "PROTOCOL_ERROR", [request(1), fields({ ":path": "/" })]],
  ["a priority of another size", "FRAME_SIZE_ERROR", [request(1), encodeFrame(PRIORITY, 0, 1, zeros(4))]],
  ["a window that grows by nothing", "PROTOCOL_ERROR", [request(1), windowUpdate(1, 0)]],
  ["a window that grows too large", "FLOW_CONTROL_ERROR", [request(1), windowUpdate(1, 2 ** 31 - 1)]],
  [
    "a body that is shorter than announced",
    "PROTOCOL_ERROR",
    [request(1, END_HEADERS, { "content-length": "2" }), encodeFrame(DATA, END_STREAM, 1, zeros(1))],
  ],
  ["no path", "PROTOCOL_ERROR", [fields({ ":method": "POST", ":scheme": "http" })]],
  ["an empty path", "PROTOCOL_ERROR", [fields({ ...REQUEST, ":path": "" })]],
  ["a field with a colon that is not known", "PROTOCOL_ERROR", [fields({ ...REQUEST, ":status": "200" })]],
  [
    "a field with a colon that comes late",
    "PROTOCOL_ERROR",
    [fields({ ":method": "POST", ":scheme": "http", x: "", ":path": "/" })],
  ],
  ["a name with capitals", "PROTOCOL_ERROR", [fields({ ...REQUEST, Name: "" })]],
  ["a name of no letters", "PROTOCOL_ERROR", [fields({ ...REQUEST, "": "" })]],
  ["a value with a line's end", "PROTOCOL_ERROR", [fields({ ...REQUEST, name: "a\nb" })]],
  ["a value that begins with a space", "PROTOCOL_ERROR", [fields({ ...REQUEST, name: " a" })]],
  ["a field about the connection", "PROTOCOL_ERROR", [fields({ ...REQUEST, connection: "close" })]],
  ["te other than trailers", "PROTOCOL_ERROR", [fields({ ...REQUEST, te: "gzip" })]],
])("%s ends the stream, and no other", async (_, code, frames) => {
  const client = await server.raw();
  client.send(...frames, request(3), ping);
  const { payload } = await client.frame({ type: RST_STREAM, stream: 1 });
  expect(payload.readUInt32BE()).toBe(ErrorCode[code]);
  await client.frame({ type: PING, flags: ACK });
  expect(requests.at(-1)).toMatchObject({ id: 3, closed: false });
});

test.each<readonly [string, readonly Buffer[]]>([
  ["frames of unknown kinds", [encodeFrame(0xfa, 0xff, 7, zeros(9))]],
  ["settings that are not known", [settings([[0xfa, 7]])]],
  ["unknown flags", [encodeFrame(PING, 0xfe, 0, zeros(8))]],
  ["priorities", [encodeFrame(PRIORITY, 0, 1, zeros(5)), encodeFrame(PRIORITY, 0, 9, zeros(5))]],
  ["a farewell", [encodeFrame(GOAWAY, 0, 0, zeros(8))]],
  [
    "the end of a stream that was reset",
    [
      request(1, END_HEADERS, { te: "x" }),
      encodeFrame(DATA, END_STREAM, 1, zeros(1)),
      encodeFrame(HEADERS, END_HEADERS | END_STREAM, 1, NOTHING),
      windowUpdate(1, 1),
      encodeFrame(RST_STREAM, 0, 1, zeros(4)),
    ],
  ],
  [
    "a reset of a stream that is reset",
    [request(1), encodeFrame(RST_STREAM, 0, 1, zeros(4)), encodeFrame(RST_STREAM, 0, 1, zeros(4)), windowUpdate(1, 1)],
  ],
])("%s do no harm", async (_, frames) => {
  const client = await server.raw();
  client.send(...frames, request(11), ping);
  await client.frame({ type: PING, flags: ACK, stream: 0 });
  expect(requests.at(-1)).toMatchObject({ id: 11, closed: false });
  expect(client.ended).toBe(false);
});

test("what is no HTTP/2 is told so", async () => {
  const client = await server.raw(null);
  client.socket.write("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");
  await client.frame({ type: GOAWAY });
  await client.end();
});

test("a client has to begin with its settings", async () => {
  const client = await server.raw(null);
  client.send(ping);
  expect((await client.frame({ type: GOAWAY })).payload.readUInt32BE(4)).toBe(ErrorCode.PROTOCOL_ERROR);
});

test("bytes may come one by one", async () => {
  const client = await server.raw(null);
  for (const byte of Buffer.concat([settings([]), request(1, END_HEADERS, { x: "y" }), ping])) {
    client.socket.write(bytes(byte));
    await new Promise(setImmediate);
  }
  await client.frame({ type: PING, flags: ACK });
  expect(requests).toMatchObject([{ path: "/" }]);
});

test("padding and priorities are left out of what arrives", async () => {
  const data: string[] = [];
  listener = { ...IGNORE, data: (part) => data.push(part.toString()) };
  const client = await server.raw();
  const block = encodeFields(REQUEST);
  const padded = Buffer.concat([bytes(3), zeros(5), block, zeros(3)]);
  client.send(encodeFrame(HEADERS, PADDED | HAS_PRIORITY | END_HEADERS, 1, padded));
  client.send(
    encodeFrame(DATA, PADDED, 1, Buffer.from("\x02content\0\0")),
    encodeFrame(DATA, PADDED, 1, bytes(0)),
    ping,
  );
  await client.frame({ type: PING, flags: ACK });
  expect(data).toEqual(["content"]);
});

test("a body of more bytes than are allowed is refused, and the connection goes on", async () => {
  const client = await server.raw();
  client.send(request(1));
  for (let sent = 0; sent <= MAX_BODY; sent += 16_384) client.send(encodeFrame(DATA, 0, 1, zeros(16_384)));
  const { payload } = await client.frame({ type: RST_STREAM, stream: 1 });
  expect(payload.readUInt32BE()).toBe(ErrorCode.FLOW_CONTROL_ERROR);
  client.send(ping);
  await client.frame({ type: PING, flags: ACK });
});

test("a client that takes back all that it asks for is sent away", async () => {
  const client = await server.raw();
  const taken = Array.from({ length: 10_001 }, (_, index) => [
    request(2 * index + 1),
    encodeFrame(RST_STREAM, 0, 2 * index + 1, zeros(4)),
  ]);
  client.send(...taken.flat());
  expect((await client.frame({ type: GOAWAY })).payload.readUInt32BE(4)).toBe(ErrorCode.ENHANCE_YOUR_CALM);
  expect(requests.every(({ closed }) => closed)).toBe(true);
});

test("more streams than are allowed are refused", async () => {
  const client = await server.raw();
  client.send(...Array.from({ length: 10_001 }, (_, index) => request(2 * index + 1)));
  const { stream, payload } = await client.frame({ type: RST_STREAM });
  expect([stream, payload.readUInt32BE()]).toEqual([20_001, ErrorCode.REFUSED_STREAM]);
});

test("a client that reads nothing of what it makes necessary is cut off", async () => {
  const client = await server.raw();
  client.socket.pause();
  const pings = Buffer.concat(Array(50_000).fill(ping));
  while (!client.socket.destroyed && server.errors.length === 0) {
    client.socket.write(pings);
    await new Promise(setImmediate);
  }
  expect(server.errors[0]).toMatchObject({ message: expect.stringMatching(/does not read|EPIPE|ECONNRESET/) });
});

test("an answer waits for room, goes on with it, and ends after it", async () => {
  listener = IGNORE;
  const client = await server.raw(settings([[Setting.INITIAL_WINDOW_SIZE, 10]]));
  client.send(request(1, END_HEADERS | END_STREAM), ping);
  await client.frame({ type: PING, flags: ACK });
  const [stream] = requests;
  stream!.header(ANSWER);
  expect(stream!.write([Buffer.from("hello, "), Buffer.from("world, "), Buffer.from("again")])).toBe(false);
  stream!.end(encodeFields({ status: "well" }));
  const sent = () =>
    Buffer.concat(client.frames.filter(({ type }) => type === DATA).map(({ payload }) => payload)).toString();
  await client.frame({ type: DATA });
  expect(sent()).toBe("hello, wor");
  // A window that has become smaller than what is on its way counts as less than nothing.
  client.send(settings([[Setting.INITIAL_WINDOW_SIZE, 5]]), windowUpdate(1, 5), ping);
  await client.frame({ type: SETTINGS, flags: ACK });
  client.send(windowUpdate(1, 1));
  while (sent() === "hello, wor") await client.news();
  expect(sent()).toBe("hello, worl");
  client.send(windowUpdate(1, 100));
  await client.frame({ type: HEADERS, flags: END_STREAM | END_HEADERS });
  expect(sent()).toBe("hello, world, again");
});

test("what is open when the connection breaks is closed", async () => {
  const close = jest.fn();
  listener = { ...IGNORE, close };
  const client = await server.raw();
  client.send(request(1), request(3, END_HEADERS | END_STREAM), ping);
  await client.frame({ type: PING, flags: ACK });
  client.socket.destroy();
  await server.connections[0]!.closed;
  expect(close).toHaveBeenCalledTimes(2);
  expect(requests[0]!.write([Buffer.from("late")])).toBe(false);
});

describe("a connection that is closed", () => {
  test("answers what is there, and takes no more", async () => {
    const client = await server.raw();
    client.send(request(1, END_HEADERS | END_STREAM), ping);
    await client.frame({ type: PING, flags: ACK });
    server.connections[0]!.close();
    const { payload } = await client.frame({ type: GOAWAY });
    expect([payload.readUInt32BE(0), payload.readUInt32BE(4)]).toEqual([1, ErrorCode.NO_ERROR]);
    client.send(request(3), encodeFrame(DATA, END_STREAM, 3, zeros(1)));
    requests[0]!.end(ANSWER);
    await client.frame({ type: HEADERS, stream: 1 });
    client.socket.end();
    await server.connections[0]!.closed;
    expect(requests).toHaveLength(1);
    expect(server.errors).toEqual([]);
  });

  test("ends at once where nothing is in progress", async () => {
    const client = await server.raw();
    await client.frame({ type: SETTINGS, flags: ACK });
    server.connections[0]!.close();
    await client.end();
    expect(client.frames.at(-1)).toMatchObject({ type: GOAWAY });
  });
});
