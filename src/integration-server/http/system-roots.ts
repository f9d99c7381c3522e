/**
 * The authorities that this machine trusts. Node.js 20 brings a list of its own and does not read the system's, where
 * companies put their authorities; the places are those in which OpenSSL and other programs look.
 */
import { readFileSync } from "node:fs";

const BUNDLES = [
  "/etc/ssl/certs/ca-certificates.crt", // Debian, Ubuntu, Astra Linux
  "/etc/pki/tls/certs/ca-bundle.crt", // Fedora, RHEL 6
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // RHEL 7 and later, ALT
  "/etc/ssl/ca-bundle.pem", // openSUSE
  "/etc/ssl/cert.pem", // Alpine, macOS
];

/**
 * PEM: the file that `SSL_CERT_FILE` names or else the system's, and the one that `NODE_EXTRA_CA_CERTS` names.
 * Undefined where there is no such file: Node.js then uses its own list.
 */
export function systemRoots(environment = process.env): string[] | undefined {
  const { SSL_CERT_FILE: own, NODE_EXTRA_CA_CERTS: extra } = environment;
  const bundle = firstReadable(own ? [own] : BUNDLES);
  if (bundle === undefined) return undefined;
  return [bundle, ...(extra ? [firstReadable([extra]) ?? ""] : [])].filter((pem) => pem !== "");
}

function firstReadable(files: readonly string[]): string | undefined {
  for (const file of files) {
    try {
      return readFileSync(file, "utf8");
    } catch {
      // The next one, then.
    }
  }
  return undefined;
}
