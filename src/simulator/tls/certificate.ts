import { createPublicKey, type KeyObject, sign } from "node:crypto";
import { isIP } from "node:net";
import * as der from "./der";

/** What a self-signed certificate says. */
export interface CertificateSubject {
  readonly commonName: string;
  /** Host names and IP addresses. */
  readonly alternativeNames: readonly string[];
  /** Up to 20 octets. */
  readonly serialNumber: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Encoded AlgorithmIdentifiers; neither has parameters. */
const signatureAlgorithms: Readonly<Record<string, { readonly oid: string; readonly digest: string | null }>> = {
  ec: { oid: "1.2.840.10045.4.3.2", digest: "sha256" },
  ed25519: { oid: "1.3.101.112", digest: null },
};

/**
 * Writes an X.509 v3 certificate, signed by its own key, as DER. `node:crypto` reads certificates but writes none, and a
 * certificate is little enough to need no library.
 *
 * @throws if the key is neither P-256 nor Ed25519
 */
export function selfSignedCertificate(privateKey: KeyObject, subject: CertificateSubject): Buffer {
  const algorithm = signatureAlgorithms[privateKey.asymmetricKeyType ?? ""];
  if (algorithm === undefined) {
    throw new TypeError(`A certificate key is P-256 or Ed25519, got: ${privateKey.asymmetricKeyType}`);
  }
  const algorithmIdentifier = der.sequence(der.objectIdentifier(algorithm.oid));
  const name = der.sequence(der.set(der.sequence(der.objectIdentifier("2.5.4.3"), der.utf8String(subject.commonName))));
  const toBeSigned = der.sequence(
    der.explicit(0, der.integer(Buffer.of(2))),
    der.integer(subject.serialNumber),
    algorithmIdentifier,
    name,
    der.sequence(der.time(subject.notBefore), der.time(subject.notAfter)),
    name,
    createPublicKey(privateKey).export({ type: "spki", format: "der" }),
    der.explicit(3, der.sequence(...extensions(subject.alternativeNames))),
  );
  return der.sequence(toBeSigned, algorithmIdentifier, der.bitString(sign(algorithm.digest, toBeSigned, privateKey)));
}

/** A CA and a server at once, so that a client can take the certificate itself as its trust anchor. */
function extensions(alternativeNames: readonly string[]): Buffer[] {
  const serverAuthentication = der.objectIdentifier("1.3.6.1.5.5.7.3.1");
  // digitalSignature (0) and keyCertSign (5): 1000 01, two bits unused
  const keyUsage = der.bitString(Buffer.of(0b1000_0100), 2);
  return [
    extension("2.5.29.19", true, der.sequence(der.boolean(true))),
    extension("2.5.29.15", true, keyUsage),
    extension("2.5.29.37", false, der.sequence(serverAuthentication)),
    extension("2.5.29.17", false, der.sequence(...alternativeNames.map(generalName))),
  ];
}

function extension(oid: string, critical: boolean, value: Uint8Array): Buffer {
  const flag = critical ? [der.boolean(true)] : [];
  return der.sequence(der.objectIdentifier(oid), ...flag, der.octetString(value));
}

function generalName(name: string): Buffer {
  switch (isIP(name)) {
    case 4:
      return der.implicit(7, Buffer.from(name.split(".").map(Number)));
    case 6:
      return der.implicit(7, ipv6Octets(name));
    default:
      return der.implicit(2, Buffer.from(name, "ascii"));
  }
}

function ipv6Octets(address: string): Buffer {
  const [head = "", tail] = address.split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16)));
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const zeros = Array<number>(8 - before.length - after.length).fill(0);
  return Buffer.from([...before, ...zeros, ...after].flatMap((group) => [group >> 8, group & 0xff]));
}

/** DER in the armour that TLS libraries and terminals expect. */
export function toPem(certificate: Uint8Array): string {
  const lines =
    Buffer.from(certificate)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
