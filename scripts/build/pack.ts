/** The plugin as the archive that Terraform installs: one for all platforms, and the same bytes at every build. */
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { zipSync } from "fflate";
import type { BuiltModule } from "../../src/installation/built-plugin";
import { packageHash } from "../../src/installation/hash";

/** What the upper half of a member's external attributes means: `st_mode`. */
const UNIX = 3;
const EXECUTABLE_FILE = 0o100755;
/** The earliest that the format knows. It has no time zones: these are the clock's own hours, everywhere. */
const EARLIEST = new Date(1980, 0, 1);

export interface PackRequest {
  readonly executable: string;
  /** What the executable is called in the archive. */
  readonly fileName: string;
}

/** Writes `package.zip` beside the executable, and `package.js`, which is what the package's code takes it from. */
export async function pack({ executable, fileName }: PackRequest): Promise<void> {
  const folder = dirname(executable);
  const program = await readFile(executable);
  const archive = archiveOf(fileName, program);
  await writeFile(join(folder, "package.zip"), archive);
  await writeFile(
    join(folder, "package.js"),
    `module.exports = ${JSON.stringify(builtModule(archive, fileName, program))};\n`,
  );
}

/** What `src/installation/built-plugin.ts` loads. */
function builtModule(archive: Uint8Array, fileName: string, program: Uint8Array): BuiltModule {
  return { archive: Buffer.from(archive).toString("base64"), hash: packageHash(fileName, program) };
}

/** A zip archive with one executable file. */
export function archiveOf(fileName: string, content: Uint8Array): Uint8Array {
  return zipSync({
    [fileName]: [content, { level: 9, mtime: EARLIEST, os: UNIX, attrs: EXECUTABLE_FILE << 16 }],
  });
}
