/** Which certificates of a server are acceptable. */
import { X509Certificate } from "node:crypto";
import { InvalidArgumentError } from "./errors";
import type { IntegrationServerOptions } from "./options";
import { parseThumbprint, type Thumbprint } from "./thumbprint";

export type TlsPolicy =
  /** Issued by one of these authorities, or by one that this machine trusts, for the server's name, and valid now. */
  | { readonly kind: "issuer"; readonly certificates: string | undefined }
  /** This one and no other. */
  | { readonly kind: "pinned"; readonly thumbprint: Thumbprint }
  | { readonly kind: "insecure" };

/** A thumbprint is the strictest demand and so wins over the others. */
export function tlsPolicy({
  thumbprint,
  caCertificate,
  insecure = false,
}: Pick<IntegrationServerOptions, "thumbprint" | "caCertificate" | "insecure">): TlsPolicy {
  if (thumbprint !== undefined) {
    const parsed = parseThumbprint(thumbprint);
    if (!parsed) throw new InvalidArgumentError("thumbprint", "must be 40 (SHA-1) or 64 (SHA-256) hexadecimal digits");
    return { kind: "pinned", thumbprint: parsed };
  }
  if (insecure) return { kind: "insecure" };
  if (caCertificate !== undefined) checkCertificates(caCertificate);
  return { kind: "issuer", certificates: caCertificate };
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----/gs;

/** OpenSSL passes over what is no certificate, so that every server would seem an unknown one. */
function checkCertificates(pem: string): void {
  try {
    const certificates = (pem.match(CERTIFICATE) ?? []).map((certificate) => new X509Certificate(certificate));
    if (certificates.length > 0) return;
  } catch {
    // Said below, in our own words.
  }
  throw new InvalidArgumentError("caCertificate", "must hold at least one certificate in PEM, and only whole ones");
}
