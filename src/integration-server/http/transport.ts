/** Sends one HTTP request and tells precisely what became of it. Loaded with the first request. */
import { Readable } from "node:stream";
import fetch from "node-fetch";
import { type Address, formatAddress } from "../address";
import { type Clock, deadline } from "../waiting/clock";
import { type Body, readBody } from "./body";
import type { Method } from "./call";
import { type Attempt, secureContext, VerifyingAgent } from "./connection";
import { AnswerLostError, NetworkError, TlsError } from "./errors";
import { isObject } from "./json";
import { LARGEST_ERROR } from "./limits";
import { safeText, shortened } from "./server-text";
import type { TlsPolicy } from "./tls-policy";

export interface TransportRequest {
  readonly method: Method;
  /** Whether it changes nothing on the server. */
  readonly isQuestion: boolean;
  readonly path: string;
  readonly body?: string | undefined;
  readonly authorization: string;
  /** The most bytes that the body of a successful answer may have. */
  readonly largest: number;
  /** Milliseconds for which the answer is waited for at least, however little others may take. */
  readonly patience?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface TransportAnswer {
  readonly status: number;
  readonly body: Body;
  header(name: string): string | undefined;
}

export interface TransportOptions {
  readonly address: Address;
  readonly tls: TlsPolicy;
  /** In milliseconds. */
  readonly requestTimeout: number;
  readonly clock: Clock;
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  EPIPE: "connection reset",
  ERR_STREAM_PREMATURE_CLOSE: "connection closed in the middle of the answer",
  HPE_HEADER_OVERFLOW: "the headers of the answer are larger than any can be",
  Z_DATA_ERROR: "the compression of the answer is damaged",
  ETIMEDOUT: "connection timed out",
  EHOSTUNREACH: "host unreachable",
  ENETUNREACH: "network unreachable",
  ENOTFOUND: "the host's name is unknown",
  EAI_AGAIN: "the host's name could not be looked up",
};

export class Transport {
  readonly #server: string;
  readonly #clock: Clock;
  readonly #requestTimeout: number;
  readonly #reusing: VerifyingAgent;
  readonly #single: VerifyingAgent;

  constructor({ address, tls, requestTimeout, clock }: TransportOptions) {
    this.#server = formatAddress(address);
    this.#clock = clock;
    this.#requestTimeout = requestTimeout;
    const context = secureContext(tls);
    const connecting = { address, policy: tls, context, clock, timeout: requestTimeout };
    this.#reusing = new VerifyingAgent(connecting, { keepAlive: true });
    // A server may close an idle connection at the very moment of its reuse, and then nobody knows what became of the
    // request. Questions are asked again; a request that changes something gets a connection of its own.
    this.#single = new VerifyingAgent(connecting, { keepAlive: false });
  }

  /**
   * @throws NetworkError when the request was a question or never left, AnswerLostError when it did leave, TlsError,
   *   or the signal's reason
   */
  async send(request: TransportRequest): Promise<TransportAnswer> {
    const timeout = Math.max(this.#requestTimeout, request.patience ?? 0);
    const limit = deadline(this.#clock, timeout, request.signal);
    const attempt: Attempt = { signal: limit.signal, connected: false };
    try {
      return await this.#fetch(request, attempt);
    } catch (error) {
      throw this.#explain(request, attempt, limit.signal.aborted ? timeout : undefined, error);
    } finally {
      limit.clear();
    }
  }

  async #fetch(
    { method, path, body: sent, authorization, largest }: TransportRequest,
    attempt: Attempt,
  ): Promise<TransportAnswer> {
    const agent = method === "GET" ? this.#reusing : this.#single;
    const options = {
      method,
      ...(sent !== undefined && { body: sent }),
      headers: {
        // Older versions answer in XML unless asked for JSON.
        accept: "application/json",
        "accept-encoding": "gzip",
        authorization,
        ...(sent !== undefined && { "content-type": "application/json" }),
        "user-agent": "cdktf-ksvla",
      },
      agent,
      // Credentials go to the configured server only.
      redirect: "manual" as const,
      // Unpacked in `readBody`, within limits.
      compress: false,
      signal: attempt.signal,
    };
    const response = await agent.during(attempt, () => fetch(`https://${this.#server}${path}`, options));
    const header = (name: string): string | undefined => response.headers.get(name) ?? undefined;
    const content = response.body instanceof Readable ? response.body : Readable.from([]);
    const limit = response.ok ? largest : LARGEST_ERROR;
    const form = { encoding: header("content-encoding"), type: header("content-type") };
    return { status: response.status, body: await readBody(content, form, limit), header };
  }

  #explain(
    { method, path, isQuestion, signal }: TransportRequest,
    attempt: Attempt,
    timeout: number | undefined,
    error: unknown,
  ): unknown {
    if (attempt.failure instanceof TlsError) return attempt.failure;
    const harmless = isQuestion || !attempt.connected;
    if (harmless && signal?.aborted) return signal.reason;
    const call = `${method} ${path}`;
    const reason = signal?.aborted
      ? "the wait for it was ended"
      : timeout !== undefined
        ? `none within ${timeout / 1_000} s`
        : describe(attempt.failure ?? error);
    const cause = signal?.aborted ? signal.reason : (attempt.failure ?? error);
    const Cause = harmless ? NetworkError : AnswerLostError;
    return new Cause(call, this.#server, reason, { cause });
  }
}

function describe(error: unknown): string {
  if (!isObject(error)) return String(error);
  const code = String(error["code"] ?? "");
  return REASONS[code] ?? shortened(safeText(String(error["message"] || code)), 500);
}
