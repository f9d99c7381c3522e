/** Makes frames of the bytes that a client sends, however they are cut (RFC 9113, sections 3.4 and 4.1). */
import { ConnectionError, DEFAULT_FRAME_SIZE, FRAME_HEADER_SIZE, type Frame, PREFACE } from "./wire";

export class FrameReader {
  /** Bytes that are not a whole frame yet, */
  #held: Buffer[] = [];
  #heldSize = 0;
  /** and how many it takes to go on. */
  #needed = PREFACE.length;
  #begun = false;

  /**
   * @param handle is called for each whole frame; its payload is a part of the bytes
   * @throws ConnectionError when this is no HTTP/2, or a frame is larger than the 16 KiB that are allowed where nothing else is agreed on
   */
  read(bytes: Buffer, handle: (frame: Frame) => void): void {
    this.#held.push(bytes);
    this.#heldSize += bytes.length;
    if (this.#heldSize < this.#needed) return;
    const all = this.#held.length === 1 ? bytes : Buffer.concat(this.#held, this.#heldSize);
    const rest = all.subarray(this.#readAll(all, handle));
    this.#held = rest.length === 0 ? [] : [rest];
    this.#heldSize = rest.length;
  }

  /** @returns where the first frame begins that is not whole */
  #readAll(bytes: Buffer, handle: (frame: Frame) => void): number {
    let offset = this.#begun ? 0 : this.#readPreface(bytes);
    for (;;) {
      this.#needed = FRAME_HEADER_SIZE;
      if (bytes.length - offset < this.#needed) return offset;
      const length = bytes.readUIntBE(offset, 3);
      if (length > DEFAULT_FRAME_SIZE) throw new ConnectionError("FRAME_SIZE_ERROR", `A frame has ${length} bytes`);
      this.#needed += length;
      if (bytes.length - offset < this.#needed) return offset;
      const start = offset + FRAME_HEADER_SIZE;
      offset += this.#needed;
      handle({
        type: bytes[start - 6] ?? 0,
        flags: bytes[start - 5] ?? 0,
        // The first bit has no meaning and is ignored.
        stream: bytes.readUInt32BE(start - 4) & 0x7fff_ffff,
        payload: bytes.subarray(start, offset),
      });
    }
  }

  #readPreface(bytes: Buffer): number {
    if (!bytes.subarray(0, PREFACE.length).equals(PREFACE)) {
      throw new ConnectionError("PROTOCOL_ERROR", "The client does not speak HTTP/2");
    }
    this.#begun = true;
    return PREFACE.length;
  }
}
