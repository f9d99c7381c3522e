import { setTimeout as delay } from "node:timers/promises";

/** Waits for something that nobody tells. */
export async function until(condition: () => boolean, milliseconds = 60_000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!condition()) {
    if (Date.now() > end) throw new Error("It did not happen in time.");
    await delay(20);
  }
}
