/** Reads a saved plan, which is a zip archive. */
import { inflateRawSync } from "node:zlib";

const DIRECTORY_ENTRY = Buffer.from("PK\x01\x02", "latin1");
const STORED = 0;

/** The contents of all members, one after the other. The layout: APPNOTE.TXT of PKWARE, 4.3.7 and 4.3.12. */
export function unzip(archive: Buffer): string {
  let text = "";
  for (let at = archive.indexOf(DIRECTORY_ENTRY); at >= 0; at = archive.indexOf(DIRECTORY_ENTRY, at + 4)) {
    const method = archive.readUInt16LE(at + 10);
    const size = archive.readUInt32LE(at + 20);
    const member = archive.readUInt32LE(at + 42);
    const start = member + 30 + archive.readUInt16LE(member + 26) + archive.readUInt16LE(member + 28);
    const data = archive.subarray(start, start + size);
    text += (method === STORED ? data : inflateRawSync(data)).toString("utf8");
  }
  return text;
}
