/** HTTP/2 as bytes: frames, and the numbers that have names (RFC 9113, sections 4, 6 and 7). */

/** What a client begins with: section 3.4. */
export const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
export const FRAME_HEADER_SIZE = 9;

export const FrameType = {
  DATA: 0x0,
  HEADERS: 0x1,
  PRIORITY: 0x2,
  RST_STREAM: 0x3,
  SETTINGS: 0x4,
  PUSH_PROMISE: 0x5,
  PING: 0x6,
  GOAWAY: 0x7,
  WINDOW_UPDATE: 0x8,
  CONTINUATION: 0x9,
} as const;

export const Flag = { ACK: 0x1, END_STREAM: 0x1, END_HEADERS: 0x4, PADDED: 0x8, PRIORITY: 0x20 } as const;

export const ErrorCode = {
  NO_ERROR: 0x0,
  PROTOCOL_ERROR: 0x1,
  INTERNAL_ERROR: 0x2,
  FLOW_CONTROL_ERROR: 0x3,
  STREAM_CLOSED: 0x5,
  FRAME_SIZE_ERROR: 0x6,
  REFUSED_STREAM: 0x7,
  CANCEL: 0x8,
  COMPRESSION_ERROR: 0x9,
  ENHANCE_YOUR_CALM: 0xb,
} as const;
type ErrorCodeName = keyof typeof ErrorCode;

export const Setting = {
  ENABLE_PUSH: 0x2,
  MAX_CONCURRENT_STREAMS: 0x3,
  INITIAL_WINDOW_SIZE: 0x4,
  MAX_FRAME_SIZE: 0x5,
  MAX_HEADER_LIST_SIZE: 0x6,
} as const;

/** What both ends begin with: sections 6.5.2 and 6.9.2. */
export const DEFAULT_WINDOW = 65_535;
export const DEFAULT_FRAME_SIZE = 16_384;
export const MAX_WINDOW = 2 ** 31 - 1;
export const MAX_FRAME_SIZE = 2 ** 24 - 1;

export interface Frame {
  readonly type: number;
  readonly flags: number;
  /** 0 for the connection itself. */
  readonly stream: number;
  readonly payload: Buffer;
}

/** What ends the connection: section 5.4.1. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";

  /** @param cause of an internal error: what was thrown here */
  constructor(
    readonly code: ErrorCodeName,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

/** What ends one stream: section 5.4.2. */
export class StreamError extends Error {
  override readonly name = "StreamError";

  constructor(
    readonly stream: number,
    readonly code: ErrorCodeName,
    message: string,
  ) {
    super(message);
  }
}

/** @param room for how many bytes of the payload there is to be room behind the header */
export function frameHeader(type: number, flags: number, stream: number, length: number, room = 0): Buffer {
  const frame = Buffer.allocUnsafe(FRAME_HEADER_SIZE + room);
  frame.writeUIntBE(length, 0, 3);
  frame[3] = type;
  frame[4] = flags;
  frame.writeUInt32BE(stream, 5);
  return frame;
}

export function encodeFrame(type: number, flags: number, stream: number, payload: Uint8Array): Buffer {
  const frame = frameHeader(type, flags, stream, payload.length, payload.length);
  frame.set(payload, FRAME_HEADER_SIZE);
  return frame;
}

export function rstStream(stream: number, code: ErrorCodeName): Buffer {
  return encodeFrame(FrameType.RST_STREAM, 0, stream, uint32(ErrorCode[code]));
}

export function windowUpdate(stream: number, increment: number): Buffer {
  return encodeFrame(FrameType.WINDOW_UPDATE, 0, stream, uint32(increment));
}

export function goAway(lastStream: number, code: ErrorCodeName, reason = ""): Buffer {
  const payload = Buffer.concat([uint32(lastStream), uint32(ErrorCode[code]), Buffer.from(reason)]);
  return encodeFrame(FrameType.GOAWAY, 0, 0, payload);
}

export function settings(values: readonly (readonly [setting: number, value: number])[]): Buffer {
  const payload = Buffer.alloc(6 * values.length);
  for (const [index, [setting, value]] of values.entries()) {
    payload.writeUInt16BE(setting, 6 * index);
    payload.writeUInt32BE(value, 6 * index + 2);
  }
  return encodeFrame(FrameType.SETTINGS, 0, 0, payload);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
