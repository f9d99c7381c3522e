/** The last word of a plugin that cannot start. The launcher has it, too, so it runs on any Node.js. */
// biome-ignore-start lint/style/useNodejsImportProtocol: Node.js before 14.18 does not know "node:".
import { writeSync } from "fs";
import { basename } from "path";
// biome-ignore-end lint/style/useNodejsImportProtocol: as above

/** Where the prologue has put the stdout that Terraform reads; the process's own stdout is its stderr. */
export const HANDSHAKE = 3;

/**
 * Ends the process with a line that Terraform shows to its user: it shows the first line of a plugin's stdout where that
 * is no handshake, whose fields "|" would separate, and nothing of its stderr.
 */
export function refuse(reason: string): never {
  const line = `${basename(process.argv[1] ?? "")} did not start: ${reason}`;
  try {
    writeSync(HANDSHAKE, `${line.replace(/\s+/g, " ").replace(/\|/g, "/")}\n`);
  } catch {
    // Nobody reads it any more.
  }
  process.exit(1);
}
