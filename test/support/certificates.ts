/** Certificates for servers in tests: self-signed ones, or issued by an authority made for the test. */
import { createHash, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { generate } from "selfsigned";

const DAY = 24 * 60 * 60 * 1_000;

export interface CertificateOptions {
  /** Host names and IP addresses. @default localhost, 127.0.0.1 and ::1 */
  readonly names?: readonly string[];
  /** @default yesterday */
  readonly notBefore?: Date;
  /** @default tomorrow */
  readonly notAfter?: Date;
  /** Who issues it. @default itself */
  readonly issuer?: TestCertificate;
  /** May issue others. @default false */
  readonly authority?: boolean;
}

export interface TestCertificate {
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
  /** Hexadecimal in upper case, with colons. */
  readonly sha1: string;
  readonly sha256: string;
}

export async function makeCertificate({
  names = ["localhost", "127.0.0.1", "::1"],
  notBefore = new Date(Date.now() - DAY),
  notAfter = new Date(Date.now() + DAY),
  issuer,
  authority = false,
}: CertificateOptions = {}): Promise<TestCertificate> {
  const made = await generate([{ name: "commonName", value: names[0] ?? "test" }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: notBefore,
    notAfterDate: notAfter,
    extensions: [
      { name: "basicConstraints", cA: authority, critical: true },
      { name: "keyUsage", digitalSignature: true, keyCertSign: authority },
      {
        name: "subjectAltName",
        altNames: names.map((name) => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name })),
      },
    ],
    ...(issuer && { ca: { key: issuer.key, cert: issuer.certificate } }),
  });
  const { raw } = new X509Certificate(made.cert);
  return { certificate: made.cert, key: made.private, sha1: digest(raw, "sha1"), sha256: digest(raw, "sha256") };
}

function digest(raw: Uint8Array, algorithm: string): string {
  return createHash(algorithm).update(raw).digest("hex").toUpperCase().match(/../g)!.join(":");
}
