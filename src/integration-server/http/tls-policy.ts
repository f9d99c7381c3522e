/** Which certificates of a server are acceptable. */
import { X509Certificate } from "node:crypto";
import { InvalidArgumentError } from "./errors";

const THUMBPRINT_ADVICE = "Set thumbprint of the provider, or KSVLA_THUMBPRINT, to that of the server's certificate.";
const CERTIFICATE_ADVICE =
  "Set ca_certificate of the provider (caCertificate in CDKTF, or KSVLA_CA_CERTIFICATE) to the issuer's certificate, or to the path of its file.";

export interface TlsOptions {
  /** Certificates in PEM. The server's certificate must then chain up to one of them; the system's roots do not count. */
  readonly caCertificate?: string | undefined;
  /**
   * SHA-1 or SHA-256 of the server's certificate in hexadecimal; colons and case do not matter. Only that certificate
   * is accepted then, whoever issued it and whatever name it carries.
   */
  readonly thumbprint?: string | undefined;
  /** Accepts any certificate: credentials go to whoever answers. @default false */
  readonly insecure?: boolean | undefined;
}

export type TlsPolicy =
  /** Issued by one of these authorities, or by one that this machine trusts, for the server's name, and valid now. */
  | { readonly kind: "issuer"; readonly certificates: string | undefined }
  /** This one and no other. */
  | { readonly kind: "pinned"; readonly thumbprint: Thumbprint }
  | { readonly kind: "insecure" };

/** A thumbprint is the strictest demand and so wins over the others. */
export function tlsPolicy({ thumbprint, caCertificate, insecure = false }: TlsOptions): TlsPolicy {
  if (thumbprint !== undefined) {
    const parsed = parseThumbprint(thumbprint);
    if (!parsed)
      throw new InvalidArgumentError(
        "thumbprint",
        "must be 40 (SHA-1) or 64 (SHA-256) hexadecimal digits",
        THUMBPRINT_ADVICE,
      );
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
  throw new InvalidArgumentError(
    "caCertificate",
    "must hold at least one certificate in PEM, and only whole ones",
    CERTIFICATE_ADVICE,
  );
}

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
