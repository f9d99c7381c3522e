/** Trying again what may safely be tried again. */
import { performance } from "node:perf_hooks";
import { delay } from "./delay";
import { ApiError, NetworkError } from "./errors";

export interface RetryPolicy {
  /** How often it is tried at most, the first time included. */
  readonly attempts: number;
  /** The first pause's upper limit in milliseconds; it doubles with every attempt. */
  readonly firstPause: number;
  /** What that limit does not grow beyond. */
  readonly longestPause: number;
  /** Milliseconds after the start beyond which no attempt begins. */
  readonly budget: number;
}

/** For requests: a server that is not there at all is reported within seconds. */
const REQUEST_POLICY: RetryPolicy = { attempts: 5, firstPause: 250, longestPause: 5_000, budget: 60_000 };

/** For looks at something in progress: the server may restart meanwhile without losing anyone's patience. */
export const LOOK_POLICY: RetryPolicy = {
  attempts: Number.POSITIVE_INFINITY,
  firstPause: 1_000,
  longestPause: 10_000,
  budget: 180_000,
};

const PASSING = new Set([429, 502, 503, 504]);

/** True for failures after which the same question may well be answered in a moment. */
export function isPassing(error: unknown): boolean {
  return error instanceof NetworkError || (error instanceof ApiError && PASSING.has(error.status));
}

export interface RetryOptions {
  readonly isRetriable: (error: unknown) => boolean;
  readonly onRetry?: (error: unknown, pause: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Repeats what fails in a retriable way: after the pause that the server asks for, else after a random one below a
 * doubling limit, so that many who failed together do not return together. Gives up with the last error.
 */
export async function retry<T>(
  work: () => Promise<T>,
  { isRetriable, onRetry, signal }: RetryOptions,
  { attempts, firstPause, longestPause, budget }: RetryPolicy = REQUEST_POLICY,
): Promise<T> {
  const started = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !isRetriable(error)) throw error;
      const asked = error instanceof ApiError ? error.retryAfter : undefined;
      const pause = asked ?? Math.random() * Math.min(longestPause, firstPause * 2 ** (attempt - 1));
      if (performance.now() - started + pause > budget) throw error;
      onRetry?.(error, pause);
      await delay(pause, signal);
    }
  }
}

/** Milliseconds in a `Retry-After` header, which holds seconds or a date; undefined when it holds neither. */
export function parseRetryAfter(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  const milliseconds = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
