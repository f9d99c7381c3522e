/** Waiting with an end. */
import { UsageError } from "./report";

interface WaitOptions {
  readonly wait?: true;
  readonly timeout?: number;
}

/** Who names a time means to wait. */
export function refuseTimeoutAlone({ wait, timeout }: WaitOptions): void {
  if (timeout !== undefined && !wait)
    throw new UsageError("--timeout is for --wait: nothing is waited for without it.");
}

/**
 * @param limit in milliseconds @default none
 * @param goesOn what is true when the time is up: a sentence
 */
export async function withinTime<T>(
  limit: number | undefined,
  goesOn: string,
  work: (signal: AbortSignal | undefined) => Promise<T>,
): Promise<T> {
  const signal = limit === undefined ? undefined : AbortSignal.timeout(limit);
  try {
    return await work(signal);
  } catch (error) {
    if (signal?.aborted && error === signal.reason) throw new Error(`Time is up. ${goesOn}`);
    throw error;
  }
}
