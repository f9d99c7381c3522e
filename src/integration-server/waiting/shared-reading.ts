/** One reading of something slow for everyone who wants to know it at about the same time. */
import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { SharedWork } from "./shared-work";

export class SharedReading<T> {
  #recent: { readonly value: T; readonly goodUntil: number } | undefined;
  #running: SharedWork<T> | undefined;
  #next: SharedWork<T> | undefined;

  /**
   * @param read is never called before the tick after the call that wants it, so that all of one tick share it
   * @param life milliseconds for which a result is good enough for `recent`; counted from the end of the reading, since
   *   one that takes longer than that would serve nobody otherwise
   */
  constructor(
    private readonly read: (signal: AbortSignal) => Promise<T>,
    private readonly life: number,
  ) {}

  /** What was read not long ago, or is being read. */
  async recent(signal?: AbortSignal): Promise<T> {
    if (this.#recent && performance.now() < this.#recent.goodUntil) return this.#recent.value;
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
      if (this.#running === work) this.#recent = { value, goodUntil: performance.now() + this.life };
      return value;
    } finally {
      if (this.#running === work) this.#running = undefined;
    }
  }
}
