/** The last word of a plugin that cannot start. The launcher has it, too, so it runs on any Node.js. */
// biome-ignore-start lint/style/useNodejsImportProtocol: Node.js before 14.18 does not know "node:".
import { writeSync } from "fs";
import { basename } from "path";
// biome-ignore-end lint/style/useNodejsImportProtocol: as above

/** Where the prologue has put the stdout that Terraform reads; the process's own stdout is its stderr. */
export const HANDSHAKE = 3;

/**
 * Terraform kills a plugin as soon as it has read its refusal. Of one that ends before, it may lose the line: go-plugin
 * before 1.7 closes the pipe that it reads when the process is gone.
 */
const TIME_TO_READ = 1_000;

/**
 * Ends the process, soon, with a line that Terraform shows to its user: it shows the first line of a plugin's stdout where
 * that is no handshake, whose fields "|" would separate, and nothing of its stderr.
 */
export function refuse(reason: string): void {
  const line = `${basename(process.argv[1] ?? "")} did not start: ${reason}`;
  try {
    writeSync(HANDSHAKE, `${line.replace(/\s+/g, " ").replace(/\|/g, "/")}\n`);
  } catch {
    // Nobody reads it any more.
    process.exit(1);
  }
  setTimeout(() => process.exit(1), process.env["TF_PLUGIN_MAGIC_COOKIE"] ? TIME_TO_READ : 0);
}
