/** Looking again and again until something is as it should be. */
import { delay } from "./delay";

const FIRST_PAUSE = 200;
const GROWTH = 1.5;

/** Pauses between looks in milliseconds: short ones first, growing up to the longest one, which then repeats. */
export function* pauses(longest: number): Generator<number, never> {
  for (let pause = FIRST_PAUSE; ; pause *= GROWTH) yield Math.min(pause, longest);
}

export interface PollOptions<T> {
  readonly look: () => Promise<T>;
  readonly done: (seen: T) => boolean;
  /** Told everything that is seen. */
  readonly onProgress?: ((seen: T) => void) | undefined;
  /** The longest pause between two looks, in milliseconds. */
  readonly interval: number;
  readonly signal?: AbortSignal | undefined;
}

/** What is seen when it is done. Only the signal sets a limit to the wait; a look that fails ends it. */
export async function pollUntil<T>({ look, done, onProgress, interval, signal }: PollOptions<T>): Promise<T> {
  const schedule = pauses(interval);
  for (;;) {
    const seen = await look();
    onProgress?.(seen);
    if (done(seen)) return seen;
    await delay(schedule.next().value, signal);
  }
}
