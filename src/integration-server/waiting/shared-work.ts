/** Work done once for everyone who wants its result at about the same time. */
import { setImmediate } from "node:timers/promises";
import { abortable } from "./abort";
import type { Clock } from "./clock";

interface Running<T> {
  readonly result: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}

export class SharedWork<T> {
  #running: Running<T> | undefined;

  constructor(private readonly work: (signal: AbortSignal) => Promise<T>) {}

  /** The result of the work under way, which begins unless it is; it ends when nobody waits for it any more. */
  result(signal?: AbortSignal): Promise<T> {
    return abortable((resolve, reject) => {
      this.#running ??= this.#start();
      const running = this.#running;
      running.waiting += 1;
      running.result.then(resolve, reject);
      return () => {
        running.waiting -= 1;
        if (running.waiting > 0) return;
        running.stop.abort();
        if (this.#running === running) this.#running = undefined;
      };
    }, signal);
  }

  #start(): Running<T> {
    const stop = new AbortController();
    return { result: this.work(stop.signal), stop, waiting: 0 };
  }
}

/** Something that is slow to read and good enough for a while. */
export class SharedReading<T> {
  #recent: { readonly value: T; readonly goodUntil: number } | undefined;
  #running: SharedWork<T> | undefined;
  #next: SharedWork<T> | undefined;

  /**
   * @param read is never called before the tick after the call that wants it, so that all of one tick share it
   * @param life milliseconds for which a result is good enough for `recent`, 0 to keep none; counted from the end of the reading, since
   *   one that takes longer than that would serve nobody otherwise
   */
  constructor(
    private readonly read: (signal: AbortSignal) => Promise<T>,
    private readonly life: number,
    private readonly clock: Clock,
  ) {}

  /** What was read not long ago, or is being read. */
  async recent(signal?: AbortSignal): Promise<T> {
    if (this.#recent && this.clock.now() < this.#recent.goodUntil) return this.#recent.value;
    return (this.#running ?? this.#upcoming()).result(signal);
  }

  /** What a reading finds that begins after this call. */
  async fresh(signal?: AbortSignal): Promise<T> {
    return this.#upcoming().result(signal);
  }

  /** Something has changed: nobody is told any more what was read, or began to be read, before. */
  forget(): void {
    this.#recent = undefined;
    this.#running = undefined;
  }

  #upcoming(): SharedWork<T> {
    if (this.#next) return this.#next;
    const work: SharedWork<T> = new SharedWork((signal) => this.#begin(work, signal));
    this.#next = work;
    return work;
  }

  async #begin(work: SharedWork<T>, signal: AbortSignal): Promise<T> {
    await setImmediate(undefined, { signal });
    if (this.#next === work) this.#next = undefined;
    this.#running = work;
    try {
      const value = await this.read(signal);
      if (this.#running === work && this.life > 0) this.#recent = { value, goodUntil: this.clock.now() + this.life };
      return value;
    } finally {
      if (this.#running === work) this.#running = undefined;
    }
  }
}
