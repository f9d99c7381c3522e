import type { ServerResponse } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { Clock } from "../clock";
import type { WrittenBody } from "../faults/bodies";
import type { Fault } from "../faults/fault";

/** In how many pieces a slow body comes. */
const pieces = 10;

/** Sends an answer, by the way that the faults have it take. */
export async function sendAnswer(
  outgoing: ServerResponse,
  { status, type, text }: WrittenBody,
  answerHeaders: Readonly<Record<string, string>>,
  faults: readonly Fault[],
  clock: Clock,
): Promise<void> {
  const compressed = faults.some(({ kind }) => kind === "gzip");
  const bytes = compressed ? gzipSync(text) : Buffer.from(text, "utf8");
  const headers = {
    ...answerHeaders,
    "Cache-Control": "no-store",
    ...(type === undefined ? {} : { "Content-Type": type }),
    ...(compressed ? { "Content-Encoding": "gzip" } : {}),
    "Content-Length": bytes.length,
  };
  for (const fault of faults) {
    if (fault.kind === "slowHeaders") {
      await clock.sleepUnscaled(fault.milliseconds);
    }
  }
  outgoing.writeHead(status, headers);
  const slow = faults.find((fault) => fault.kind === "slowBody");
  if (slow !== undefined) {
    await sendSlowly(outgoing, bytes, slow.milliseconds, clock);
  } else if (faults.some(({ kind }) => kind === "dropDuring")) {
    await dropDuring(outgoing, bytes);
  } else {
    outgoing.end(bytes);
  }
}

async function sendSlowly(outgoing: ServerResponse, bytes: Buffer, milliseconds: number, clock: Clock): Promise<void> {
  const length = Math.ceil(bytes.length / pieces);
  outgoing.flushHeaders();
  for (let piece = 0; piece < pieces; piece += 1) {
    await clock.sleepUnscaled(milliseconds / pieces);
    outgoing.write(bytes.subarray(piece * length, (piece + 1) * length));
  }
  outgoing.end();
}

async function dropDuring(outgoing: ServerResponse, bytes: Buffer): Promise<void> {
  await new Promise<void>((resolve) => {
    outgoing.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => resolve());
  });
  // What has been written is on its way, and not lost with the connection.
  await nextTurn();
  outgoing.destroy();
}
