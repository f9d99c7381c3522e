/** The checksum by which Terraform's dependency lock file knows a provider package. */
import { createHash } from "node:crypto";

/**
 * The `h1:` hash of a package that consists of one file: SHA-256, in Base64, of a listing with one line per file
 * (`<SHA-256 in hex>  <name>`). It covers the file's name, not the platform's folder.
 */
export function packageHash(fileName: string, content: Uint8Array): string {
  const listing = `${createHash("sha256").update(content).digest("hex")}  ${fileName}\n`;
  return `h1:${createHash("sha256").update(listing).digest("base64")}`;
}
