/** What ends a deployment before its time: that is up, a signal, or the end of the test. */
import type { TestSignal } from "./deployment";
import { running } from "./running";

export interface Limits {
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal: TestSignal | undefined;
}

/** Does something that has to end when time is up, when the signal says so, or when the test is over. */
export async function whileAllowed<T>(
  { timeout, signal }: Limits,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const aborting = new AbortController();
  const abort = (reason: unknown): void => aborting.abort(reason);
  const onSignal = (): void => abort(signal?.reason);
  const tooLate = (): void =>
    abort(
      new Error(
        `The deployment was ended: it took longer than ${timeout / 1000} s. The option timeout says how long it may take.`,
      ),
    );
  const timer = setTimeout(tooLate, timeout);
  if (signal?.aborted) onSignal();
  signal?.addEventListener("abort", onSignal);
  const deploying = { abort, ended: Promise.resolve() as Promise<unknown> };
  const result = work(aborting.signal).finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onSignal);
    running().delete(deploying);
  });
  deploying.ended = result.catch(() => {});
  running().add(deploying);
  return result;
}

/** What the user's own code does, which knows nothing of the signal: when that aborts, nobody waits for it any more. */
export async function orAborted<T>(work: Promise<T> | T, signal: AbortSignal): Promise<T> {
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_, fail) => {
    onAbort = () => fail(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
