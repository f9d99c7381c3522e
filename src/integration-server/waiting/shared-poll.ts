/** One poll for everyone who waits for the same thing. */
import { abandonable, delay } from "./delay";
import { pending } from "./pending";
import { pauses } from "./poll";

interface Follower<T> {
  see(seen: T): void;
  fail(error: unknown): void;
}

/** Looks while it has followers, and not a moment longer. */
export class SharedPoll<T> {
  readonly #followers = new Set<Follower<T>>();
  #stop: AbortController | undefined;

  /**
   * @param look sees the present state
   * @param interval the longest pause between two looks, in milliseconds
   */
  constructor(
    private readonly look: (signal: AbortSignal) => Promise<T>,
    private readonly interval: number,
  ) {}

  get isIdle(): boolean {
    return this.#followers.size === 0;
  }

  /**
   * Gives every look to `settle` until that returns something, which is then the outcome. What `settle` throws, or a
   * look that fails, ends the wait.
   */
  async follow<R>(settle: (seen: T) => R | undefined, signal?: AbortSignal): Promise<R> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = pending<R>();
    const follower: Follower<T> = {
      see: (seen) => {
        try {
          const outcome = settle(seen);
          if (outcome !== undefined) resolve(outcome);
        } catch (error) {
          reject(error);
        }
      },
      fail: reject,
    };
    this.#followers.add(follower);
    this.#start();
    try {
      return await abandonable(promise, signal);
    } finally {
      this.#followers.delete(follower);
      if (this.isIdle) this.#stop?.abort();
    }
  }

  #start(): void {
    if (this.#stop && !this.#stop.signal.aborted) return;
    this.#stop = new AbortController();
    void this.#run(this.#stop.signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const schedule = pauses(this.interval);
    try {
      while (!signal.aborted) {
        const seen = await this.look(signal);
        if (signal.aborted) return;
        for (const follower of this.#followers) follower.see(seen);
        await delay(schedule.next().value, signal);
      }
    } catch (error) {
      if (signal.aborted) return;
      // Before anyone learns of it: whoever comes from now on needs a new poll.
      this.#stop?.abort();
      for (const follower of this.#followers) follower.fail(error);
    }
  }
}
