/** gRPC's messages in requests, whole and not. */
import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http2";
import { grpcHandler } from "../../../../src/terraform/plugin/grpc";
import { quietLog } from "../../../support/quiet-log";
import { TestServer } from "./server";

let server: TestServer;
beforeEach(async () => {
  const echo = { unary: async (request: Uint8Array) => request };
  server = await TestServer.start(grpcHandler((path) => (path === "/echo" ? echo : undefined), quietLog()));
});
afterEach(() => server.stop());

/** What is sent, in pieces, and whether that is all; the status and the messages of the answer. */
async function call(pieces: readonly Buffer[], whole = true) {
  const stream = server.session().request({ ":method": "POST", ":path": "/echo" });
  const chunks: Buffer[] = [];
  let fields: IncomingHttpHeaders = {};
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  stream.on("response", (header) => {
    fields = { ...fields, ...header };
  });
  stream.on("trailers", (trailers) => {
    fields = { ...fields, ...trailers };
  });
  for (const piece of pieces) {
    stream.write(piece);
    await new Promise(setImmediate);
  }
  if (whole) stream.end();
  await once(stream, "end");
  stream.destroy();
  return { status: fields["grpc-status"], message: fields["grpc-message"], body: Buffer.concat(chunks).toString() };
}

const message = Buffer.from("\0\0\0\0\x05hello");
const MALFORMED = { status: "13", message: "The%20request%20is%20not%20exactly%20one%20message" };

test.each([1, 3, 5, 7, 10])("a message in pieces of %i bytes arrives", async (size) => {
  const pieces = [];
  for (let at = 0; at < message.length; at += size) pieces.push(message.subarray(at, at + size));
  expect(await call(pieces)).toMatchObject({ status: "0", body: message.toString() });
});

test.each([
  ["an announced size beyond what is allowed", [Buffer.from([0, 0x10, 0, 0, 1])]],
  ["one that comes in pieces", [Buffer.from([0, 0xff]), Buffer.from([0xff, 0xff, 0xff, 1, 2])]],
])("%s is refused before the message comes", async (_, pieces) => {
  expect(await call(pieces, false)).toMatchObject({ status: "8", body: "" });
});

test.each([
  ["no message", []],
  ["half a message", [message.subarray(0, 8)]],
  ["two messages", [message, message]],
])("%s is an error of the client", async (_, pieces) => {
  expect(await call(pieces)).toMatchObject(MALFORMED);
});

test("a message that says that it is compressed is not supported", async () => {
  expect(await call([Buffer.from("\x01\0\0\0\x01x")])).toMatchObject({ status: "12" });
});
