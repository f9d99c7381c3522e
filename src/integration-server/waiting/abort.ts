/** Work that ends at once when its signal is aborted. */
import { setMaxListeners } from "node:events";

/** Calls the listener once when the signal is aborted, or has been; returns what makes it forget the listener. */
export function onAbort(signal: AbortSignal | undefined, listener: () => void): () => void {
  if (!signal) return () => undefined;
  if (signal.aborted) listener();
  // One signal may end hundreds of calls; Node.js takes the eleventh listener for a leak and says so on stderr.
  setMaxListeners(Number.POSITIVE_INFINITY, signal);
  signal.addEventListener("abort", listener, { once: true });
  return () => signal.removeEventListener("abort", listener);
}

/**
 * What has been started, or the signal's reason if that comes first.
 *
 * @param start is not called when the signal has been aborted; settles later, not at once, and returns what cleans up
 *   then, however it ended
 */
export function abortable<T>(
  start: (resolve: (value: T) => void, reject: (reason: unknown) => void) => () => void,
  signal?: AbortSignal,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    signal?.throwIfAborted();
    let settled = false;
    const settle = (report: () => void): void => {
      if (settled) return;
      settled = true;
      forget();
      cleanUp();
      report();
    };
    const fail = (reason: unknown): void => settle(() => reject(reason));
    const forget = onAbort(signal, () => fail(signal?.reason));
    const cleanUp = start((value) => settle(() => resolve(value)), fail);
  });
}

/** The promise's outcome, or the signal's reason if that comes first. The work behind the promise goes on. */
export function abandonable<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  return abortable((resolve, reject) => {
    promise.then(resolve, reject);
    return () => undefined;
  }, signal);
}
