/** A self-signed certificate for one life of the plugin process, as go-plugin's automatic mutual TLS expects it. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import * as der from "./der";

export interface Certificate {
  readonly privateKey: KeyObject;
  readonly certificatePem: string;
  readonly certificateDer: Buffer;
}

const HOUR = 3_600_000;
/** Long enough for any apply; go-plugin's own certificates live as long. */
const LIFETIME = 262_980 * HOUR;

/**
 * Makes a P-256 key and a certificate over it. The client trusts exactly this certificate, which the handshake hands
 * to it, and asks for the host name `localhost` whatever the address.
 */
export function selfSignedCertificate(now = new Date()): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const signatureAlgorithm = der.sequence(der.objectIdentifier("1.2.840.10045.4.3.2")); // ecdsa-with-SHA256
  const name = der.sequence(
    der.set(der.sequence(der.objectIdentifier("2.5.4.3"), der.utf8String("localhost"))), // common name
  );
  const serialNumber = randomBytes(16);
  serialNumber[0] = ((serialNumber[0] ?? 0) & 0x7f) | 0x40;

  const toBeSigned = der.sequence(
    der.explicit(0, der.positiveInteger(Buffer.from([2]))), // X.509 version 3
    der.positiveInteger(serialNumber),
    signatureAlgorithm,
    name,
    // Valid from a little earlier, for a client whose clock differs (the same machine's, seen through a container).
    der.sequence(der.time(new Date(now.getTime() - HOUR)), der.time(new Date(now.getTime() + LIFETIME))),
    name,
    publicKey.export({ format: "der", type: "spki" }),
    der.explicit(3, extensions()),
  );
  const certificateDer = der.sequence(
    toBeSigned,
    signatureAlgorithm,
    der.bitString(sign("sha256", toBeSigned, privateKey)),
  );
  return {
    privateKey,
    certificatePem: pem(certificateDer),
    certificateDer,
  };
}

function extensions(): Buffer {
  const critical = der.boolean(true);
  const extension = (id: string, ...rest: readonly Buffer[]) => der.sequence(der.objectIdentifier(id), ...rest);
  // Basic constraints: it is its own authority.
  const basicConstraints = der.sequence(der.boolean(true));
  // Key usage: digitalSignature (bit 0) and keyCertSign (bit 5).
  const keyUsage = der.bitString(Buffer.from([0b1000_0100]), 2);
  const serverAuthentication = der.sequence(der.objectIdentifier("1.3.6.1.5.5.7.3.1"));
  const dnsName = der.sequence(der.implicit(2, Buffer.from("localhost")));
  return der.sequence(
    extension("2.5.29.19", critical, der.octetString(basicConstraints)),
    extension("2.5.29.15", critical, der.octetString(keyUsage)),
    extension("2.5.29.37", der.octetString(serverAuthentication)),
    extension("2.5.29.17", der.octetString(dnsName)),
  );
}

function pem(certificateDer: Buffer): string {
  const lines = certificateDer.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
