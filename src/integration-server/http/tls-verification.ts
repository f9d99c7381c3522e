/** Decides about the certificate that a server presents, before a single byte of a request is sent. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { TLSSocket } from "node:tls";
import { type Thumbprints, TlsError, type TlsFailure } from "./errors";
import type { TlsPolicy } from "./tls-policy";

const FAILURES: Readonly<Record<string, readonly [TlsFailure, string]>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: ["self-signed", "its certificate is self-signed"],
  SELF_SIGNED_CERT_IN_CHAIN: ["unknown-issuer", "its certificate was issued by an authority that is not trusted here"],
  UNABLE_TO_GET_ISSUER_CERT: ["unknown-issuer", "the issuer of its certificate is not known here"],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ["unknown-issuer", "the issuer of its certificate is not known here"],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ["unknown-issuer", "the issuer of its certificate is not known here"],
  CERT_HAS_EXPIRED: ["expired", "its certificate has expired"],
  CERT_NOT_YET_VALID: ["not-yet-valid", "its certificate is not valid yet"],
  ERR_TLS_CERT_ALTNAME_INVALID: ["name-mismatch", "its certificate was issued for another name"],
};

/** Why the connection must not be used; nothing when it may be. */
export function verify(socket: TLSSocket, policy: TlsPolicy, server: string): TlsError | undefined {
  if (policy.kind === "insecure") return undefined;
  const { raw } = socket.getPeerCertificate();
  const refuse = (reason: TlsFailure, explanation: string): TlsError =>
    new TlsError(server, reason, explanation, thumbprintsOf(raw));
  if (policy.kind === "pinned") {
    const { algorithm, digest } = policy.thumbprint;
    if (timingSafeEqual(createHash(algorithm).update(raw).digest(), digest)) return undefined;
    return refuse("thumbprint-mismatch", "its certificate is not the one with the configured thumbprint");
  }
  if (socket.authorized) return undefined;
  const code = String(socket.authorizationError);
  const [reason, explanation] = FAILURES[code] ?? ["other", `its certificate could not be verified (${code})`];
  return refuse(reason, explanation);
}

function thumbprintsOf(certificate: Uint8Array): Thumbprints {
  return { sha1: thumbprintOf(certificate, "sha1"), sha256: thumbprintOf(certificate, "sha256") };
}

function thumbprintOf(certificate: Uint8Array, algorithm: "sha1" | "sha256"): string {
  const digits = createHash(algorithm).update(certificate).digest("hex").toUpperCase();
  return digits.match(/../g)?.join(":") ?? digits;
}
