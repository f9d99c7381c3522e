/** Looking again and again until something is as it should be. */
import { abortable } from "./abort";
import { type Clock, sleep } from "./clock";

const FIRST_PAUSE = 200;
const GROWTH = 1.5;

export interface Pace {
  readonly clock: Clock;
  /** The longest pause between two looks, in milliseconds: the first ones are short and grow up to it. */
  readonly interval: number;
}

export interface PollOptions<T> {
  readonly look: () => Promise<T>;
  readonly done: (seen: T) => boolean;
  /** Told everything that is seen. */
  readonly onProgress?: ((seen: T) => void) | undefined;
  readonly pace: Pace;
  readonly signal?: AbortSignal | undefined;
}

/** What is seen when it is done. Only the signal sets a limit to the wait; a look that fails ends it. */
export async function pollUntil<T>({ look, done, onProgress, pace, signal }: PollOptions<T>): Promise<T> {
  const outcome = await new Poll(look, pace).follow((seen) => {
    onProgress?.(seen);
    return done(seen) ? { seen } : undefined;
  }, signal);
  return outcome.seen;
}

interface Follower<T> {
  see(seen: T): void;
  fail(error: unknown): void;
}

/** One poll for everyone who waits for the same thing: it looks while it has followers, and not a moment longer. */
export class Poll<T> {
  readonly #followers = new Set<Follower<T>>();
  #stop: AbortController | undefined;

  constructor(
    private readonly look: (signal: AbortSignal) => Promise<T>,
    private readonly pace: Pace,
  ) {}

  get isIdle(): boolean {
    return this.#followers.size === 0;
  }

  /**
   * Gives every look to `settle` until that returns something, which is then the outcome. What `settle` throws, or a
   * look that fails, ends the wait.
   */
  follow<R>(settle: (seen: T) => R | undefined, signal?: AbortSignal): Promise<R> {
    return abortable<R>((resolve, fail) => {
      const see = (seen: T): void => {
        try {
          const outcome = settle(seen);
          if (outcome !== undefined) resolve(outcome);
        } catch (error) {
          fail(error);
        }
      };
      const follower = { see, fail };
      this.#followers.add(follower);
      this.#start();
      return () => {
        this.#followers.delete(follower);
        if (this.isIdle) this.#stop?.abort();
      };
    }, signal);
  }

  #start(): void {
    if (this.#stop && !this.#stop.signal.aborted) return;
    this.#stop = new AbortController();
    void this.#run(this.#stop.signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    try {
      for (let pause = FIRST_PAUSE; !signal.aborted; pause *= GROWTH) {
        const seen = await this.look(signal);
        if (signal.aborted) return;
        for (const follower of this.#followers) follower.see(seen);
        await sleep(this.pace.clock, Math.min(pause, this.pace.interval), signal);
      }
    } catch (error) {
      if (signal.aborted) return;
      // Before anyone learns of it: whoever comes from now on needs a new poll.
      this.#stop?.abort();
      for (const follower of this.#followers) follower.fail(error);
    }
  }
}
