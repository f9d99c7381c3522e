/** A clock that stands still until a test moves it. */
import { setImmediate as tick } from "node:timers/promises";
import type { Clock } from "../../src/integration-server";

interface Timer {
  readonly duration: number;
  readonly due: number;
  readonly callback: () => void;
}

export class FakeClock implements Clock {
  #now = 0;
  #skipsUpTo = -1;
  readonly #watchers: (() => void)[] = [];
  readonly #timers = new Set<Timer>();

  /** A clock by which any wait of at most so many milliseconds is over at once. */
  static skipping(longest = 20_000): FakeClock {
    const clock = new FakeClock();
    clock.skip(longest);
    return clock;
  }

  now(): number {
    return this.#now;
  }

  wall(): number {
    return Date.UTC(2026, 0) + this.#now;
  }

  after(duration: number, callback: () => void): () => void {
    const timer: Timer = { duration, due: this.#now + duration, callback };
    this.#timers.add(timer);
    for (const watcher of this.#watchers.splice(0)) watcher();
    if (duration <= this.#skipsUpTo) setImmediate(() => this.#fireFirst(({ duration }) => duration <= this.#skipsUpTo));
    return () => this.#timers.delete(timer);
  }

  /** True while someone waits, for at most so long. */
  isWaitedFor(longest = Number.POSITIVE_INFINITY): boolean {
    return [...this.#timers].some(({ duration }) => duration <= longest);
  }

  /** Resolves when someone waits, for at most so long. */
  async waitedFor(longest: number): Promise<void> {
    while (!this.isWaitedFor(longest)) await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  /** Lets one pause of at most so long pass, as soon as someone makes one. */
  async pass(longest: number): Promise<void> {
    await this.waitedFor(longest);
    this.#fireFirst(({ duration }) => duration <= longest);
  }

  /** Moves on, and lets everything happen that is due meanwhile, in its order. */
  async advance(duration: number): Promise<void> {
    const end = this.#now + duration;
    do await tick();
    while (this.#fireFirst(({ due }) => due <= end));
    this.#now = end;
  }

  /** From now on, any wait of at most so long is over at once; longer ones, such as limits, last until `advance`. */
  skip(longest: number): void {
    this.#skipsUpTo = longest;
    for (const { duration } of this.#timers) {
      if (duration <= longest) setImmediate(() => this.#fireFirst(({ duration }) => duration <= longest));
    }
  }

  #fireFirst(condition: (timer: Timer) => boolean): boolean {
    const [first] = [...this.#timers].filter(condition).sort((one, other) => one.due - other.due);
    if (!first) return false;
    this.#timers.delete(first);
    this.#now = Math.max(this.#now, first.due);
    first.callback();
    return true;
  }
}
