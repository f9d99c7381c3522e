/** Who answers at an address, looked at without saying who asks: no credentials are sent. */
import type { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { connect, type TLSSocket } from "node:tls";
import { type Address, formatAddress } from "../address";
import { handshake, secureContext } from "./connection";
import type { TlsError } from "./errors";
import { type TlsOptions, tlsPolicy } from "./tls-policy";
import { verify } from "./tls-verification";

/** A certificate of the chain that a server presents. */
export interface ShownCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: Date;
  readonly validTo: Date;
  /** Hexadecimal, upper case, with colons: as `thumbprint` takes it. */
  readonly sha1: string;
  readonly sha256: string;
}

export interface Inspection {
  /** The server's own first, then its issuer's, as far as they are presented or known here. */
  readonly chain: readonly ShownCertificate[];
  /** Why a client with these options would not talk to it; undefined where it would. */
  readonly refusal: TlsError | undefined;
  /** By how many milliseconds the server's clock is ahead of ours; undefined where it does not tell its time. */
  readonly clockDifference: number | undefined;
}

/** The head of an answer is not longer than this. */
const LONGEST_HEAD = 64 * 1024;

/**
 * Connects, looks at what is presented, and asks for the root, which needs no credentials, for the sake of the answer's date.
 *
 * @throws InvalidArgumentError for options that cannot be right, the signal's reason, or why there is no connection
 */
export async function inspect(address: Address, options: TlsOptions, signal: AbortSignal): Promise<Inspection> {
  const policy = tlsPolicy(options);
  const socket = connect(handshake(address, secureContext(policy)));
  const abort = (): void => {
    socket.destroy(signal.reason instanceof Error ? signal.reason : undefined);
  };
  signal.addEventListener("abort", abort, { once: true });
  try {
    await once(socket, "secureConnect", { signal });
    // In this order: Node.js gives a certificate in one form only, the first that is asked for.
    const refusal = verify(socket, policy, formatAddress(address));
    return {
      chain: chainOf(socket),
      refusal,
      clockDifference: await clockDifference(socket, address),
    };
  } finally {
    signal.removeEventListener("abort", abort);
    socket.on("error", () => undefined).destroy();
  }
}

function chainOf(socket: TLSSocket): readonly ShownCertificate[] {
  const chain: ShownCertificate[] = [];
  const seen = new Set<string>();
  let certificate: X509Certificate | undefined = socket.getPeerX509Certificate();
  while (certificate !== undefined && !seen.has(certificate.fingerprint256)) {
    seen.add(certificate.fingerprint256);
    const { subject, issuer, validFrom, validTo, fingerprint, fingerprint256 } = certificate;
    chain.push({
      subject: named(subject),
      issuer: named(issuer),
      validFrom: new Date(validFrom),
      validTo: new Date(validTo),
      sha1: fingerprint,
      sha256: fingerprint256,
    });
    certificate = certificate.issuerCertificate;
  }
  return chain;
}

/** Names are a line per part. */
const named = (name: string | undefined): string => (name ?? "").replaceAll("\n", ", ");

async function clockDifference(socket: TLSSocket, address: Address): Promise<number | undefined> {
  socket.write(
    `GET / HTTP/1.1\r\nHost: ${formatAddress(address)}\r\nAccept: application/json\r\nConnection: close\r\n\r\n`,
  );
  try {
    const [, date] = /^date:[ \t]*(.+?)[ \t]*$/im.exec(await headOf(socket)) ?? [];
    const at = Date.parse(date ?? "");
    // Seconds are all that it tells, rounded down.
    return Number.isNaN(at) ? undefined : at + 500 - Date.now();
  } catch {
    return undefined;
  }
}

async function headOf(socket: TLSSocket): Promise<string> {
  let head = "";
  for await (const piece of socket.setEncoding("latin1")) {
    head += piece;
    if (head.includes("\r\n\r\n") || head.length > LONGEST_HEAD) break;
  }
  return head.split("\r\n\r\n", 1)[0] ?? "";
}
