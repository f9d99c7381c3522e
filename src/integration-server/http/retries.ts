/** Which failed calls are made again, when, and for how long. */
import type { Clock } from "../waiting/clock";
import { type RetryOptions, type RetryPolicy, retry } from "../waiting/retry";
import { ApiError, NetworkError } from "./errors";

/** For one request: a server that is not there at all is reported within seconds. */
const REQUEST_POLICY: RetryPolicy = { maxAttempts: 5, firstPause: 250, longestPause: 5_000, budget: 60_000 };

/** For looks at something in progress: the server may restart meanwhile without losing anyone's patience. */
const LOOK_POLICY: RetryPolicy = {
  maxAttempts: Number.POSITIVE_INFINITY,
  firstPause: 1_000,
  longestPause: 10_000,
  budget: 180_000,
};

const PASSING = new Set([429, 502, 503, 504]);

/** True for failures after which the same question may well be answered in a moment. */
export function isPassing(error: unknown): boolean {
  return error instanceof NetworkError || (error instanceof ApiError && PASSING.has(error.status));
}

/** @throws the last error */
export function retryRequest<T>(send: () => Promise<T>, options: Omit<RetryOptions, "pauseAfter">): Promise<T> {
  return retry(send, { ...options, pauseAfter }, REQUEST_POLICY);
}

/** For looks at something in progress. @throws the last error */
export function retryLook<T>(look: () => Promise<T>, clock: Clock, signal: AbortSignal | undefined): Promise<T> {
  return retry(look, { clock, isRetriable: isPassing, pauseAfter, signal }, LOOK_POLICY);
}

function pauseAfter(error: unknown): number | undefined {
  return error instanceof ApiError ? error.retryAfter : undefined;
}

/** Milliseconds in a `Retry-After` header, which holds seconds or a date; undefined when it holds neither. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const milliseconds = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
