/** A client that sends whatever frames, to a connection that answers whatever it can. */
import { Duplex } from "node:stream";
import fc from "fast-check";
import { Connection } from "../../src/terraform/plugin/http2/connection";
import { encodeFields } from "../../src/terraform/plugin/http2/hpack/encoder";
import type { Stream } from "../../src/terraform/plugin/http2/stream";
import { ConnectionError, encodeFrame, FrameType, PREFACE } from "../../src/terraform/plugin/http2/wire";

const REQUEST = encodeFields({ ":method": "POST", ":scheme": "https", ":path": "/" });
const ANSWER = encodeFields({ ":status": "200" });

const frame = fc
  .record({
    type: fc.nat(10),
    flags: fc.oneof(fc.constantFrom(0, 1, 4, 5, 8, 0x20, 0x2d), fc.nat(255)),
    stream: fc.oneof(fc.nat(7), fc.constant(2 ** 31 - 1)),
    payload: fc.oneof(fc.constant(Buffer.alloc(0)), fc.constant(REQUEST), fc.uint8Array({ maxLength: 20 })),
  })
  .map(({ type, flags, stream, payload }) => encodeFrame(type, flags, stream, payload));
const request = fc
  .record({ stream: fc.constantFrom(1, 3, 5, 7), flags: fc.constantFrom(4, 5) })
  .map(({ stream, flags }) => encodeFrame(FrameType.HEADERS, flags, stream, REQUEST));

/** Mostly frames, mostly in order, in pieces. */
export const conversation = fc.record({
  begins: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  frames: fc.array(fc.oneof(frame, request), { maxLength: 20 }),
  piece: fc.integer({ min: 1, max: 200 }),
});

/** @throws when an error is none of the client's */
export async function converse({
  begins,
  frames,
  piece,
}: {
  readonly begins: boolean;
  readonly frames: readonly Buffer[];
  readonly piece: number;
}): Promise<void> {
  const errors: Error[] = [];
  const socket = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
  const onRequest = (stream: Stream) => ({
    data: (bytes: Buffer) => {
      stream.write([bytes]);
    },
    end: () => stream.end(ANSWER),
    drain() {},
    close() {},
  });
  const connection = new Connection({ socket, maxBody: 1_000, onRequest, onError: (error) => errors.push(error) });
  const opening = begins ? [PREFACE, encodeFrame(FrameType.SETTINGS, 0, 0, Buffer.alloc(0))] : [];
  const bytes = Buffer.concat([...opening, ...frames]);
  for (let at = 0; at < bytes.length; at += piece) socket.push(bytes.subarray(at, at + piece));
  socket.push(null);
  await connection.closed;
  const fault = errors.find((error) => error instanceof ConnectionError && error.code === "INTERNAL_ERROR");
  if (fault !== undefined) throw fault;
}
