/** A limit in time that is also reached when somebody else's signal is. */

import { onAbort } from "./abort";

export interface Deadline {
  readonly signal: AbortSignal;
  /** True when the time was up, and not the other signal. */
  isOver(): boolean;
  /** Must be called when the work is done: the other signal may live much longer. */
  clear(): void;
}

export function deadline(milliseconds: number, signal?: AbortSignal): Deadline {
  const controller = new AbortController();
  let over = false;
  const abort = (): void => controller.abort(signal?.reason);
  const timer = setTimeout(() => {
    over = true;
    controller.abort();
  }, milliseconds);
  if (signal?.aborted) abort();
  const forget = onAbort(signal, abort);
  return {
    signal: controller.signal,
    isOver: () => over,
    clear: () => {
      clearTimeout(timer);
      forget();
    },
  };
}
