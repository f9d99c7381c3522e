/** Thumbprints of certificates, as people write them and as they are compared. */

export interface Thumbprint {
  readonly algorithm: "sha1" | "sha256";
  readonly digest: Uint8Array;
}

/** Reads a SHA-1 or SHA-256 thumbprint in hexadecimal, with or without colons or spaces; undefined when it is neither. */
export function parseThumbprint(text: string): Thumbprint | undefined {
  const digits = text.replaceAll(/[:\s]/g, "");
  if (!/^(?:[\da-f]{40}|[\da-f]{64})$/i.test(digits)) return undefined;
  return { algorithm: digits.length === 40 ? "sha1" : "sha256", digest: Buffer.from(digits, "hex") };
}
