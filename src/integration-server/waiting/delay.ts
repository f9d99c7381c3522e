/** Waiting that ends at once when nobody wants it any more. */

import { onAbort } from "./abort";

/** Resolves after some milliseconds, or rejects with the signal's reason. */
export function delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return untilAborted((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    return () => clearTimeout(timer);
  }, signal);
}

/** The promise's outcome, or the signal's reason if that comes first. The work behind the promise goes on. */
export function abandonable<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  return untilAborted((resolve, reject) => {
    promise.then(resolve, reject);
    return () => undefined;
  }, signal);
}

function untilAborted<T>(
  start: (resolve: (value: T) => void, reject: (reason: unknown) => void) => () => void,
  signal: AbortSignal | undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const abort = (): void => {
      stop();
      reject(signal?.reason);
    };
    const settled = onAbort(signal, abort);
    const stop = start(
      (value) => {
        settled();
        resolve(value);
      },
      (reason) => {
        settled();
        reject(reason);
      },
    );
  });
}
