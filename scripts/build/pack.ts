/** The plugin as the archive that Terraform installs: one for all platforms, and the same bytes at every build. */
import { readFile, writeFile } from "node:fs/promises";
import { zipSync } from "fflate";

/** What the upper half of a member's external attributes means: `st_mode`. */
const UNIX = 3;
const EXECUTABLE_FILE = 0o100755;
/** The earliest that the format knows. It has no time zones: these are the clock's own hours, everywhere. */
const EARLIEST = new Date(1980, 0, 1);

export interface PackRequest {
  readonly executable: string;
  /** What the executable is called in the archive. */
  readonly fileName: string;
  readonly outfile: string;
}

export async function pack({ executable, fileName, outfile }: PackRequest): Promise<void> {
  await writeFile(outfile, archiveOf(fileName, await readFile(executable)));
}

/** A zip archive with one executable file. */
export function archiveOf(fileName: string, content: Uint8Array): Uint8Array {
  return zipSync({
    [fileName]: [content, { level: 9, mtime: EARLIEST, os: UNIX, attrs: EXECUTABLE_FILE << 16 }],
  });
}
