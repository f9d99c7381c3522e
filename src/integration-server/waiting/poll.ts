/** Looking again and again until something is as it should be. */
import { abortable } from "./abort";
import { type Clock, sleep } from "./clock";
import { type RetryPolicy, retry } from "./retry";

export const FIRST_PAUSE = 200;
export const GROWTH = 1.5;
/** While something is expected, no pause before that is shorter than this share of the wait for it. */
const SHORTEST_SHARE = 0.1;
/** Nobody looks before what is expected so soon, in milliseconds. */
const SOON = 1_000;

/** Between looks that fail: only those who wait say when it has been long enough. */
const LOOK_POLICY: RetryPolicy = {
  maxAttempts: Number.POSITIVE_INFINITY,
  firstPause: 1_000,
  longestPause: 10_000,
  budget: Number.POSITIVE_INFINITY,
};

export interface Pace {
  readonly clock: Clock;
  /** The longest pause between two looks, in milliseconds: the first ones are short and grow up to it. */
  readonly interval: number;
}

/** Which failures of a look end a wait. */
export interface Patience {
  /** True for what passes: the look is repeated then as long as somebody waits. */
  readonly outlasts: (error: unknown) => boolean;
  /** The pause in milliseconds that a failure itself asks for. */
  readonly pauseAfter: (error: unknown) => number | undefined;
}

/** When something new is likely. In milliseconds. */
export interface Expectation {
  readonly after: number;
  /** The first pause from then on, should it not have happened. */
  readonly pause: number;
}

/** What is known of something in progress beside what a look shows. */
export interface Foresight<T> {
  /** Told every look. */
  see(seen: T, now: number): void;
  /** Undefined where nothing is expected, or nothing any more. */
  expected(now: number): Expectation | undefined;
}

const NONE: Patience = { outlasts: () => false, pauseAfter: () => undefined };

export interface PollOptions<T> {
  readonly look: () => Promise<T>;
  readonly done: (seen: T) => boolean;
  /** Told everything that is seen. */
  readonly onProgress?: ((seen: T) => void) | undefined;
  readonly pace: Pace;
  /** @default a look that fails ends the wait */
  readonly patience?: Patience | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What is seen when it is done. Only the signal sets a limit to the wait, or a look that fails. */
export async function pollUntil<T>({ look, done, onProgress, pace, patience, signal }: PollOptions<T>): Promise<T> {
  const outcome = await new Poll(look, pace, patience).follow((seen) => {
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
  /** Why the last look could not be had. */
  #failure: unknown;

  constructor(
    private readonly look: (signal: AbortSignal) => Promise<T>,
    private readonly pace: Pace,
    private readonly patience: Patience = NONE,
    /** Somebody looks at each moment at which something is expected, too, and after it as eagerly as that suggests. */
    private readonly foresight?: Foresight<T>,
  ) {}

  get isIdle(): boolean {
    return this.#followers.size === 0;
  }

  /**
   * Gives every look to `settle` until that returns something, which is then the outcome. What `settle` throws ends the
   * wait, and so does a look that fails in a way that does not pass. When the signal ends it while looks fail, the last
   * failure is what it rejects with, else the signal's reason.
   */
  async follow<R>(settle: (seen: T) => R | undefined, signal?: AbortSignal): Promise<R> {
    try {
      return await this.#follow(settle, signal);
    } catch (error) {
      throw signal?.aborted && error === signal.reason ? (this.#failure ?? error) : error;
    }
  }

  #follow<R>(settle: (seen: T) => R | undefined, signal: AbortSignal | undefined): Promise<R> {
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
    this.#failure = undefined;
    void this.#run(this.#stop.signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    try {
      let pause = FIRST_PAUSE;
      const first = this.#expected();
      if (first !== undefined && first.after <= SOON) {
        await sleep(this.pace.clock, first.after, signal);
        pause = first.pause;
      }
      while (!signal.aborted) {
        const seen = await this.#lookPatiently(signal);
        if (signal.aborted) return;
        this.#failure = undefined;
        this.foresight?.see(seen, this.pace.clock.now());
        for (const follower of this.#followers) follower.see(seen);
        pause = await this.#rest(pause, signal);
      }
    } catch (error) {
      if (signal.aborted) return;
      // Before anyone learns of it: whoever comes from now on needs a new poll.
      this.#stop?.abort();
      for (const follower of this.#followers) follower.fail(error);
    }
  }

  /** Pauses, or until something is expected; returns the next pause. */
  async #rest(growing: number, signal: AbortSignal): Promise<number> {
    const { clock, interval } = this.pace;
    const expected = this.#expected();
    const pause = Math.min(Math.max(growing, SHORTEST_SHARE * (expected?.after ?? 0)), interval);
    if (expected === undefined || expected.after > pause) {
      await sleep(clock, pause, signal);
      return pause * GROWTH;
    }
    await sleep(clock, expected.after, signal);
    return expected.pause;
  }

  #expected(): Expectation | undefined {
    return this.foresight?.expected(this.pace.clock.now());
  }

  #lookPatiently(signal: AbortSignal): Promise<T> {
    const { outlasts, pauseAfter } = this.patience;
    const onRetry = (error: unknown): void => {
      if (!signal.aborted) this.#failure = error;
    };
    const options = { clock: this.pace.clock, isRetriable: outlasts, pauseAfter, onRetry, signal };
    return retry(() => this.look(signal), options, LOOK_POLICY);
  }
}
