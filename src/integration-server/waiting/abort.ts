/** Listening to a signal that many listen to. */
import { setMaxListeners } from "node:events";

/** Calls the listener once when the signal is aborted; returns what makes it forget the listener. */
export function onAbort(signal: AbortSignal | undefined, listener: () => void): () => void {
  if (!signal) return () => undefined;
  // One signal may end hundreds of calls; Node.js takes the eleventh listener for a leak and says so on stderr.
  setMaxListeners(Number.POSITIVE_INFINITY, signal);
  signal.addEventListener("abort", listener, { once: true });
  return () => signal.removeEventListener("abort", listener);
}
