/** Puts headers together that came in several frames (RFC 9113, sections 4.3, 6.2 and 6.10), and decodes them. */
import { HpackDecoder } from "./hpack/decoder";
import type { Field } from "./hpack/field";
import { HpackError } from "./hpack/hpack-error";
import { ConnectionError, Flag, FRAME_HEADER_SIZE, type Frame, FrameType } from "./wire";

/** In bytes, as `Field.size` counts. Terraform's calls have some 400. */
export const MAX_HEADER_LIST_SIZE = 65_536;

export interface Header {
  readonly stream: number;
  readonly endsStream: boolean;
  readonly fields: readonly Field[];
}

interface Unfinished {
  readonly stream: number;
  readonly endsStream: boolean;
  readonly fragments: Buffer[];
  size: number;
}

export class HeaderBlocks {
  readonly #decoder = new HpackDecoder({ maxListSize: MAX_HEADER_LIST_SIZE });
  #unfinished: Unfinished | undefined;

  /**
   * Is told of each frame, as between those of a header there may be no other.
   * @returns a header that is whole with this frame
   * @throws ConnectionError
   */
  take(frame: Frame): Header | undefined {
    if (this.#unfinished === undefined) {
      if (frame.type === FrameType.CONTINUATION)
        throw new ConnectionError("PROTOCOL_ERROR", "A header has no beginning");
      if (frame.type !== FrameType.HEADERS) return undefined;
      const { stream, flags } = frame;
      this.#unfinished = { stream, endsStream: (flags & Flag.END_STREAM) !== 0, fragments: [], size: 0 };
    } else if (frame.type !== FrameType.CONTINUATION || frame.stream !== this.#unfinished.stream) {
      throw new ConnectionError("PROTOCOL_ERROR", "A frame is inside of a header");
    }
    return this.#add(this.#unfinished, frame);
  }

  #add(header: Unfinished, frame: Frame): Header | undefined {
    const fragment = frame.type === FrameType.HEADERS ? fragmentOf(frame) : frame.payload;
    header.fragments.push(fragment);
    // Empty frames count, too.
    header.size += FRAME_HEADER_SIZE + fragment.length;
    if (header.size > MAX_HEADER_LIST_SIZE) throw new ConnectionError("ENHANCE_YOUR_CALM", "A header is too large");
    if ((frame.flags & Flag.END_HEADERS) === 0) return undefined;
    this.#unfinished = undefined;
    const { stream, endsStream, fragments } = header;
    return { stream, endsStream, fields: this.#decode(fragments) };
  }

  #decode(fragments: readonly Buffer[]): readonly Field[] {
    const [first] = fragments;
    try {
      return this.#decoder.decode(first !== undefined && fragments.length === 1 ? first : Buffer.concat(fragments));
    } catch (error) {
      if (error instanceof HpackError) throw new ConnectionError("COMPRESSION_ERROR", `A header: ${error.message}`);
      throw error;
    }
  }
}

/** Five bytes about priorities, which mean nothing any more: section 5.3. */
const PRIORITY_SIZE = 5;

function fragmentOf(frame: Frame): Buffer {
  const content = withoutPadding(frame);
  if ((frame.flags & Flag.PRIORITY) === 0) return content;
  if (content.length < PRIORITY_SIZE) throw new ConnectionError("FRAME_SIZE_ERROR", "A header has half a priority");
  return content.subarray(PRIORITY_SIZE);
}

/** The content of a frame of a kind that may be padded: sections 6.1 and 6.2. */
export function withoutPadding({ flags, payload }: Frame): Buffer {
  if ((flags & Flag.PADDED) === 0) return payload;
  const [padding] = payload;
  if (padding === undefined) throw new ConnectionError("FRAME_SIZE_ERROR", "A frame does not say how it is padded");
  if (padding >= payload.length) throw new ConnectionError("PROTOCOL_ERROR", "A frame is all padding and more");
  return payload.subarray(1, payload.length - padding);
}
