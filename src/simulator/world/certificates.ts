import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { selfSignedCertificate } from "../tls/certificate";
import type { Identifiers } from "./identifiers";

/** What an address of the simulated network shows to whoever connects. */
export interface PresentedCertificate {
  /** SHA-1 of `data` in 40 upper-case hexadecimal digits. The documents show no form; .NET's is this one. */
  readonly thumbprint: string;
  /** Base64: the certificate's DER, or the SSH host key in its wire format. */
  readonly data: string;
}

/** A real X.509 certificate, the same one for the same seed and label. */
export function tlsCertificate(identifiers: Identifiers, host: string, label: string): PresentedCertificate {
  const key = ed25519Key(identifiers.bytes(`key ${label}`));
  return present(
    selfSignedCertificate(key, {
      commonName: host,
      alternativeNames: [host],
      serialNumber: identifiers.bytes(`serial ${label}`).subarray(0, 16),
      notBefore: new Date("2025-01-01T00:00:00Z"),
      notAfter: new Date("2045-01-01T00:00:00Z"),
    }),
  );
}

/** A real ssh-ed25519 host key (RFC 8709), the same one for the same seed and label. */
export function sshHostKey(identifiers: Identifiers, label: string): PresentedCertificate {
  const publicKey = createPublicKey(ed25519Key(identifiers.bytes(`key ${label}`)));
  const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
  return present(Buffer.concat([Buffer.from("ssh-ed25519", "ascii"), raw].map(sshString)));
}

function sshString(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Ed25519, because its keys are any 32 octets and its signatures have no randomness of their own. */
function ed25519Key(seed: Uint8Array): KeyObject {
  const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");
  return createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: "der", type: "pkcs8" });
}

function present(data: Buffer): PresentedCertificate {
  return { thumbprint: createHash("sha1").update(data).digest("hex").toUpperCase(), data: data.toString("base64") };
}
