import { createHash, generateKeyPairSync, randomBytes } from "node:crypto";
import { selfSignedCertificate, toPem } from "./certificate";

/** The simulated Integration Server's own key and certificate, fresh for every start. */
export interface ServerIdentity {
  readonly privateKey: string;
  readonly certificate: string;
  /** Upper-case hexadecimal digits without separators. */
  readonly thumbprints: { readonly sha1: string; readonly sha256: string };
}

const day = 24 * 60 * 60 * 1000;

/** @param hosts the names and IP addresses that clients will use */
export function createServerIdentity(hosts: readonly string[]): ServerIdentity {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const now = Date.now();
  const certificate = selfSignedCertificate(privateKey, {
    commonName: "Simulated Integration Server",
    alternativeNames: hosts,
    serialNumber: randomBytes(16),
    // Yesterday: the client's clock may be behind.
    notBefore: new Date(now - day),
    notAfter: new Date(now + 30 * day),
  });
  const thumbprint = (algorithm: string) => createHash(algorithm).update(certificate).digest("hex").toUpperCase();
  return {
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: toPem(certificate),
    thumbprints: { sha1: thumbprint("sha1"), sha256: thumbprint("sha256") },
  };
}
