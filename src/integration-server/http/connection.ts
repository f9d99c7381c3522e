/** Connections to the server. Whoever gets one from here talks to a server whose certificate has been accepted. */
import { Agent, type AgentOptions } from "node:https";
import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import {
  connect as connectTls,
  createSecureContext,
  type SecureContext,
  type ConnectionOptions as TlsOptions,
} from "node:tls";
import { domainToASCII } from "node:url";
import { type Address, formatAddress } from "../address";
import type { Clock } from "../waiting/clock";
import { TlsError } from "./errors";
import { systemRoots } from "./system-roots";
import type { TlsPolicy } from "./tls-policy";
import { verify } from "./tls-verification";

/** What became of one request's wish for a new connection. */
export interface Attempt {
  readonly signal: AbortSignal;
  /** Only from here on can the request leave. */
  connected: boolean;
  failure?: Error;
}

type Connected = (error: Error | null, stream: Duplex) => void;

/** Made once for all connections: reading every authority that a machine trusts takes longer than to connect. */
export function secureContext(policy: TlsPolicy): SecureContext {
  const ca = policy.kind === "issuer" ? (policy.certificates ?? systemRoots()) : [];
  // Said here, since options and the environment of Node.js can lower its own minimum.
  return createSecureContext({ ca, minVersion: "TLSv1.2" });
}

/** Node.js would end the connection before anybody could say which certificate was presented: `verify` decides. */
export function handshake({ host, port }: Address, secureContext: SecureContext): TlsOptions {
  const name = isIP(host) ? undefined : domainToASCII(host);
  return {
    host: name ?? host,
    port,
    // An IP address is no server name.
    ...(name !== undefined && { servername: name }),
    ALPNProtocols: ["http/1.1"],
    rejectUnauthorized: false,
    secureContext,
  };
}

export interface ConnectionOptions {
  readonly address: Address;
  readonly policy: TlsPolicy;
  readonly context: SecureContext;
  /** Milliseconds that it may take to connect, however long an answer may take then. */
  readonly timeout: number;
  readonly clock: Clock;
}

export class VerifyingAgent extends Agent {
  #attempt: Attempt | undefined;

  constructor(
    private readonly connecting: ConnectionOptions,
    options: AgentOptions,
  ) {
    super(options);
  }

  /**
   * Lets a request and the connection that it needs know of each other; the HTTP client in between keeps only codes.
   * Node.js asks for a connection while a request is being made, so nothing needs to follow it any further: an
   * `AsyncLocalStorage` would, and slow down every promise of the process.
   */
  during<T>(attempt: Attempt, makeRequest: () => T): T {
    this.#attempt = attempt;
    try {
      return makeRequest();
    } finally {
      this.#attempt = undefined;
    }
  }

  override createConnection(_options: unknown, connected?: Connected): undefined {
    const attempt = this.#attempt;
    // It would not be known whether the request has left, and so whether it may be made again.
    if (attempt === undefined) throw new Error("A connection was asked for while no request is being made.");
    const { address, policy, context, timeout, clock } = this.connecting;
    const socket = connectTls(handshake(address, context));
    const abort = (): void => {
      socket.destroy();
    };
    const finish = (failure: Error | undefined): void => {
      socket.off("error", fail).off("secureConnect", secured).off("close", closed);
      attempt.signal.removeEventListener("abort", abort);
      cancel();
      if (failure) attempt.failure = failure;
      else attempt.connected = true;
      if (failure) socket.on("error", () => undefined).destroy();
      connected?.(failure ?? null, socket);
    };
    const fail = (error: Error): void => finish(explainHandshake(error, formatAddress(address)));
    const closed = (): void => finish(new Error("the connection was closed before it was secure"));
    const secured = (): void => finish(verify(socket, policy, formatAddress(address)));
    const cancel = clock.after(timeout, () => finish(Object.assign(new Error("too late"), { code: "ETIMEDOUT" })));
    socket.once("error", fail).once("close", closed).once("secureConnect", secured);
    attempt.signal.addEventListener("abort", abort, { once: true });
    return undefined;
  }
}

/** Whoever answers with something other than TLS will do so again: that is no passing trouble of the network. */
function explainHandshake(error: Error & { code?: string }, server: string): Error {
  if (error.code !== "EPROTO" && !error.code?.startsWith("ERR_SSL_")) return error;
  return new TlsError(server, "handshake", `the TLS handshake failed (${error.code})`);
}
