/** How to reach an Integration Server and how patient to be with it. */
import type { BatchTiming } from "./batcher";
import type { Logger } from "./logger";

export interface IntegrationServerOptions {
  /** `"host"`, `"host:port"` or `"https://host:port"`; IPv6 in brackets when a port follows. @default port 7271 */
  readonly address: string;
  /** @default "admin" */
  readonly username?: string | undefined;
  readonly password: string;
  /** Certificates in PEM. The server's certificate must then chain up to one of them; the system's roots do not count. */
  readonly caCertificate?: string | undefined;
  /**
   * SHA-1 or SHA-256 of the server's certificate in hexadecimal; colons and case do not matter. Only that certificate
   * is accepted then, whoever issued it and whatever name it carries.
   */
  readonly thumbprint?: string | undefined;
  /** Accepts any certificate: credentials go to whoever answers. @default false */
  readonly insecure?: boolean | undefined;
  /** Milliseconds that one HTTP request may take, connecting included. @default 30000 */
  readonly requestTimeout?: number | undefined;
  /** The longest pause between two looks at something in progress, in milliseconds. @default 5000 */
  readonly pollInterval?: number | undefined;
  /** How many SVMs of one request the server works on at a time (`threadsCount`). @default 10 */
  readonly svmConcurrency?: number | undefined;
  /** @default 300 ms after the last operation, 3 s after the first; 5 s for an answer that nobody wants any more */
  readonly batchTiming?: BatchTiming | undefined;
  /** @default logs nothing */
  readonly log?: Logger | undefined;
}

/** What every call takes. */
export interface CallOptions {
  /** Ends the call at once; it then rejects with the signal's reason, or `AnswerLostError` where that is the truth. */
  readonly signal?: AbortSignal | undefined;
}
