/** Trying again what may safely be tried again. */
import { type Clock, sleep } from "./clock";

export interface RetryPolicy {
  /** How often it is tried at most, the first time included. */
  readonly maxAttempts: number;
  /** The first pause's upper limit in milliseconds; it doubles with every attempt. */
  readonly firstPause: number;
  /** What that limit does not grow beyond. */
  readonly longestPause: number;
  /** Milliseconds after the start beyond which no attempt begins. */
  readonly budget: number;
}

export interface RetryOptions {
  readonly clock: Clock;
  readonly isRetriable: (error: unknown) => boolean;
  /** The least pause in milliseconds that a failure itself asks for. */
  readonly pauseAfter?: (error: unknown) => number | undefined;
  readonly onRetry?: (error: unknown, pause: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Repeats what fails in a retriable way: after a random pause below a doubling limit, so that many who failed together do
 * not return together, but not before the failure itself allows it. Gives up with the last error.
 */
export async function retry<T>(
  work: () => Promise<T>,
  { clock, isRetriable, pauseAfter, onRetry, signal }: RetryOptions,
  { maxAttempts, firstPause, longestPause, budget }: RetryPolicy,
): Promise<T> {
  const started = clock.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === maxAttempts || !isRetriable(error)) throw error;
      const limit = Math.min(longestPause, firstPause * 2 ** (attempt - 1));
      const pause = Math.max(pauseAfter?.(error) ?? 0, Math.random() * limit);
      if (clock.now() - started + pause > budget) throw error;
      onRetry?.(error, pause);
      await sleep(clock, pause, signal);
    }
  }
}
