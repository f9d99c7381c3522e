/** Files that are there as a whole or not at all, whoever else writes or reads them meanwhile. */
import { randomBytes } from "node:crypto";
import { linkSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Puts a file in place of another one, or where there is none. Its folder has to exist. */
export function replaceFile(path: string, content: string | Uint8Array): void {
  replace(path, (temporary) => writeFileSync(temporary, content, { flag: "wx" }));
}

/**
 * The same with the content of a file that exists already, shared with it where the file system has links.
 *
 * @param content What the file holds, where it cannot be shared.
 */
export function replaceWithLink(path: string, existing: string, content: Uint8Array): void {
  replace(path, (temporary) => {
    try {
      linkSync(existing, temporary);
    } catch {
      writeFileSync(temporary, content, { flag: "wx" });
    }
  });
}

/** The temporary name is hidden and nobody else's: Terraform passes it over, and others at work have theirs. */
function replace(path: string, write: (temporary: string) => void): void {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}`);
  try {
    write(temporary);
    renameSync(temporary, path);
  } finally {
    // Renaming one link of a file onto another one leaves both.
    rmSync(temporary, { force: true });
  }
}
