/** Requests and answers with Node.js' own client, whatever it has agreed on. */
import { once } from "node:events";
import { type ClientHttp2Session, type ClientHttp2Stream, constants, type IncomingHttpHeaders } from "node:http2";
import fc from "fast-check";
import { encodeFields } from "../../../../src/terraform/plugin/http2/hpack/encoder";
import type { Stream, StreamListener } from "../../../../src/terraform/plugin/http2/stream";
import { IGNORE, MAX_BODY, TestServer } from "./server";

const ANSWER = encodeFields({ ":status": "200" });
const END = encodeFields({ status: "well" });

let server: TestServer;
afterEach(() => server.stop());

/** Sends back what comes, in one piece or as it comes. */
function echo(stream: Stream): StreamListener {
  const chunks: Buffer[] = [];
  const inPieces = stream.path === "/pieces";
  if (inPieces) stream.header(ANSWER);
  return {
    ...IGNORE,
    data(bytes) {
      if (inPieces) stream.write([bytes]);
      else chunks.push(bytes);
    },
    end() {
      if (!inPieces) {
        stream.header(ANSWER);
        stream.write(chunks);
      }
      stream.end(END);
    },
  };
}

async function call(session: ClientHttp2Session, path: string, body: Buffer) {
  const stream = session.request({ ":method": "POST", ":path": path });
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  const trailers = once(stream, "trailers");
  stream.end(body);
  await once(stream, "end");
  const [fields] = (await trailers) as [IncomingHttpHeaders];
  return { body: Buffer.concat(chunks), status: fields["status"] };
}

const size = fc.oneof(fc.nat(100), fc.nat(20_000), fc.nat(200_000), fc.constantFrom(0, 1, 16_384, 65_535, 65_536));

test("every body comes back, whatever the windows, the frames, the padding and the number of calls", async () => {
  server = await TestServer.start(echo);
  const client = fc.record({
    initialWindowSize: fc.constantFrom(1_000, 65_535, 1_000_000),
    maxFrameSize: fc.constantFrom(16_384, 100_000),
    headerTableSize: fc.constantFrom(0, 100, 4_096, 65_536),
    paddingStrategy: fc.constantFrom(constants.PADDING_STRATEGY_NONE, constants.PADDING_STRATEGY_MAX),
    calls: fc.array(fc.record({ path: fc.constantFrom("/whole", "/pieces"), size }), { minLength: 1, maxLength: 8 }),
  });
  await fc.assert(
    fc.asyncProperty(client, async ({ paddingStrategy, calls, ...settings }) => {
      const session = server.session({ paddingStrategy, settings });
      await Promise.all(
        calls.map(async ({ path, size }, index) => {
          const body = Buffer.alloc(size, index + 1);
          const answer = await call(session, path, body);
          expect(answer.status).toBe("well");
          expect(answer.body.equals(body)).toBe(true);
        }),
      );
      session.close();
    }),
    { numRuns: 40 },
  );
  expect(server.errors).toEqual([]);
});

test("a header of many frames is read and written", async () => {
  server = await TestServer.start((stream) => ({
    ...IGNORE,
    end: () => stream.end(encodeFields({ ":status": "200", long: "é".repeat(50_000) })),
  }));
  const session = server.session({ maxSendHeaderBlockLength: 100_000 });
  const stream = session.request({ long: "x".repeat(40_000) }, { endStream: true });
  const [fields] = (await once(stream, "response")) as [IncomingHttpHeaders];
  expect(fields["long"]).toBe("é".repeat(50_000));
});

test("a body of as many bytes as are allowed is read", async () => {
  server = await TestServer.start(echo);
  expect((await call(server.session(), "/whole", Buffer.alloc(MAX_BODY, 1))).body).toHaveLength(MAX_BODY);
});

test("more bytes than a connection has room for at first pass it, one after another", async () => {
  let received = 0;
  server = await TestServer.start((stream) => ({
    ...IGNORE,
    data: (bytes) => {
      received += bytes.length;
    },
    end: () => stream.end(ANSWER),
  }));
  const session = server.session();
  const body = Buffer.alloc(MAX_BODY, 1);
  for (let calls = 0; calls < 600; calls++) {
    const stream = session.request({ ":method": "POST" });
    stream.end(body);
    await once(stream, "response");
    stream.resume();
  }
  expect(received).toBe(600 * MAX_BODY);
});

test("a long answer does not keep a short one waiting", async () => {
  server = await TestServer.start((stream) => ({
    ...IGNORE,
    end() {
      stream.header(ANSWER);
      stream.write([Buffer.alloc(stream.path === "/long" ? 100_000_000 : 1)]);
      stream.end(END);
    },
  }));
  const session = server.session();
  await once(session, "connect");
  session.setLocalWindowSize(1_000_000);
  const long = session.request({ ":path": "/long" }, { endStream: true });
  await once(
    long.on("data", () => {}),
    "data",
  );
  let ended = false;
  long.on("end", () => {
    ended = true;
  });
  await call(session, "/short", Buffer.alloc(0));
  expect(ended).toBe(false);
  long.close();
});

describe("a call that its client gives up", () => {
  const closed = (stream: ClientHttp2Stream) => new Promise((resolve) => stream.on("close", resolve));

  test("is closed, and others go on", async () => {
    let close = () => {};
    const given = new Promise<void>((resolve) => {
      close = resolve;
    });
    server = await TestServer.start((stream) => (stream.path === "/given-up" ? { ...IGNORE, close } : echo(stream)));
    const session = server.session();
    const stream = session.request({ ":method": "POST", ":path": "/given-up" });
    await once(stream, "ready");
    stream.close(constants.NGHTTP2_CANCEL);
    await given;
    expect((await call(session, "/whole", Buffer.from("x"))).body.toString()).toBe("x");
    expect(server.errors).toEqual([]);
  });

  test("sends nothing more of its answer", async () => {
    const streams: Stream[] = [];
    server = await TestServer.start((stream) => {
      streams.push(stream);
      return {
        ...IGNORE,
        end() {
          stream.header(ANSWER);
          stream.write([Buffer.alloc(10_000_000)]);
        },
      };
    });
    const session = server.session();
    const stream = session.request({}, { endStream: true });
    await once(stream, "response");
    const gone = closed(stream);
    stream.close(constants.NGHTTP2_CANCEL);
    await gone;
    await new Promise((resolve) => session.ping(resolve));
    expect(streams[0]).toMatchObject({ closed: true, body: { size: 0 } });
  });
});
