/**
 * Writes header blocks (RFC 7541) without a table of its own: an answer has so few fields, and the same ones each time, that
 * whoever sends them can keep the block.
 */
import { STATIC_TABLE } from "./static-table";

const INDEXED = 0x80;
const LITERAL_WITHOUT_INDEXING = 0x00;
const TABLE_SIZE_UPDATE = 0x20;

/** Tells the other end, in its first block, that there will be no table; whatever size it then allows is enough: section 4.2. */
export const NO_TABLE = Buffer.from([TABLE_SIZE_UPDATE]);

/** @param fields lower-case names and values; each character is one byte */
export function encodeFields(fields: Readonly<Record<string, string>>): Buffer {
  const bytes: number[] = [];
  for (const [name, value] of Object.entries(fields)) {
    const whole = STATIC_TABLE.findIndex((entry) => entry.name === name && entry.value === value);
    if (whole !== -1) {
      writeInteger(bytes, INDEXED, 7, whole + 1);
      continue;
    }
    const index = STATIC_TABLE.findIndex((entry) => entry.name === name) + 1;
    writeInteger(bytes, LITERAL_WITHOUT_INDEXING, 4, index);
    if (index === 0) writeText(bytes, name);
    writeText(bytes, value);
  }
  return Buffer.from(bytes);
}

function writeText(bytes: number[], text: string): void {
  writeInteger(bytes, 0, 7, text.length);
  for (const byte of Buffer.from(text, "latin1")) bytes.push(byte);
}

/** Section 5.1. */
function writeInteger(bytes: number[], flags: number, prefixBits: number, value: number): void {
  const most = 2 ** prefixBits - 1;
  if (value < most) {
    bytes.push(flags | value);
    return;
  }
  bytes.push(flags | most);
  let rest = value - most;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push(128 | (rest % 128));
  bytes.push(rest);
}
