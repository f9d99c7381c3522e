/** Certificates given as PEM text or as the path of a file that holds it. */

const PEM_BEGIN = "-----BEGIN ";
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/;

/** True for PEM text, false for what has to be a path. */
export function isPem(text: string): boolean {
  return text.includes(PEM_BEGIN);
}

/** True for PEM text with at least one whole certificate. */
export function hasCertificate(pem: string): boolean {
  return CERTIFICATE.test(pem);
}

/**
 * Validator: PEM text with a certificate, or a path. Whether the file exists is seen where it is read: synth may run
 * in another folder, or on another machine, than Terraform.
 */
export function pemOrPath(text: string): string | undefined {
  if (isPem(text)) {
    if (hasCertificate(text)) return undefined;
    const kind = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(text)?.[1] ?? "no complete block";
    return `must be a certificate in PEM form ("-----BEGIN CERTIFICATE-----" to "-----END CERTIFICATE-----") or the path of such a file, got: PEM text with ${kind}`;
  }
  return text.trim() === ""
    ? `must be a certificate in PEM form or the path of such a file, got: "${text}"`
    : undefined;
}
