/** Which failed calls are made again, when, and for how long. */
import type { Clock } from "../waiting/clock";
import type { Patience } from "../waiting/poll";
import { type RetryOptions, type RetryPolicy, retry } from "../waiting/retry";
import { ApiError, MalformedAnswerError, NetworkError } from "./errors";
import { failureOf, isNotFound } from "./failure";

/** For a server that has never answered: that it is not there at all is reported within seconds. */
const FIRST_POLICY: RetryPolicy = { maxAttempts: 5, firstPause: 250, longestPause: 5_000, budget: 60_000 };

/** For a server that was there: it may be restarting. */
const REQUEST_POLICY: RetryPolicy = { ...FIRST_POLICY, maxAttempts: Number.POSITIVE_INFINITY };

/** For a server that is busy with other things and has done nothing of what was asked. */
const BUSY_POLICY: RetryPolicy = {
  maxAttempts: Number.POSITIVE_INFINITY,
  firstPause: 2_000,
  longestPause: 30_000,
  budget: 600_000,
};

export interface RequestRetryOptions extends Pick<RetryOptions, "clock" | "onRetry" | "signal"> {
  /** Whether the request changes nothing. */
  readonly isQuestion: boolean;
  /** Milliseconds until a question is asked again at a server that is busy and does not say when. @default as after any failure */
  readonly busyPause?: number | undefined;
  /** Whether the server has ever answered properly; one that has not answers from a wrong port as long as one asks. */
  readonly isKnown: boolean;
}

/** @throws the last error */
export function retryRequest<T>(send: () => Promise<T>, options: RequestRetryOptions): Promise<T> {
  const { isQuestion, isKnown, busyPause, ...others } = options;
  const policy = isKnown ? REQUEST_POLICY : FIRST_POLICY;
  if (!isQuestion) return retryChange(send, others, policy);
  const isRetriable = (error: unknown): boolean =>
    failureOf(error).passes && (isKnown || !(error instanceof MalformedAnswerError));
  const least = (error: unknown) => pauseAfter(error) ?? (isBusy(error) ? busyPause : undefined);
  return retry(send, { ...others, isRetriable, pauseAfter: least }, policy);
}

/**
 * What changes something is made again only where it had no effect: where it never left, which ends in a NetworkError, and where a
 * server that is busy says so, which may take longer. Whoever waits no more is told that.
 */
async function retryChange<T>(
  send: () => Promise<T>,
  options: Omit<RetryOptions, "isRetriable" | "pauseAfter">,
  policy: RetryPolicy,
): Promise<T> {
  let last: unknown;
  const attempt = () => retry(send, { ...options, isRetriable: (error) => error instanceof NetworkError }, policy);
  const onRetry = (error: unknown, pause: number): void => {
    last = error;
    options.onRetry?.(error, pause);
  };
  try {
    return await retry(attempt, { ...options, isRetriable: isBusy, pauseAfter, onRetry }, BUSY_POLICY);
  } catch (error) {
    throw last !== undefined && error === options.signal?.reason ? last : error;
  }
}

/** Whether the server has done nothing, and asks to come again. */
export function isBusy(error: unknown): boolean {
  return failureOf(error).kind === "busy";
}

/**
 * For looks at something that was begun, which goes on whatever becomes of a look. Since the server has answered in the
 * right shape before, another shape passes, too.
 *
 * @param isKnown whether the server has ever answered properly
 */
export function lookPatience(isKnown: () => boolean): Patience {
  return {
    outlasts: (error) => isKnown() && (failureOf(error).passes || error instanceof MalformedAnswerError),
    pauseAfter,
  };
}

/** How long what was made just now may be unknown to the server. In milliseconds. */
const UNKNOWN_AT_FIRST = 10_000;

/**
 * For looks at something that the server has told the id of: until it is seen for the first time, that it does not exist
 * may be no more than that it is not known everywhere yet.
 *
 * @param isSeen whether it was ever seen
 */
export function newcomerPatience(patience: Patience, clock: Clock, isSeen: () => boolean): Patience {
  const until = clock.now() + UNKNOWN_AT_FIRST;
  return {
    ...patience,
    outlasts: (error) => patience.outlasts(error) || (isNotFound(error) && !isSeen() && clock.now() < until),
  };
}

/**
 * Makes a request again, once, when nobody knows what became of it: for what nothing tells, and what does no harm twice.
 */
export async function againWhenUnknown<T>(send: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (failureOf(error).effect === "none" || signal?.aborted) throw error;
    return send();
  }
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
