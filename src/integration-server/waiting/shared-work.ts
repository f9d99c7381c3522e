/** One piece of work for everyone who wants its result at a time. */
import { abandonable } from "./delay";

interface Running<T> {
  readonly result: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}

export class SharedWork<T> {
  #running: Running<T> | undefined;

  constructor(private readonly work: (signal: AbortSignal) => Promise<T>) {}

  /** The result of the work under way, which begins unless it is; it ends when nobody waits for it any more. */
  async result(signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    this.#running ??= this.#start();
    const running = this.#running;
    running.waiting += 1;
    try {
      return await abandonable(running.result, signal);
    } finally {
      running.waiting -= 1;
      if (running.waiting === 0) {
        running.stop.abort();
        if (this.#running === running) this.#running = undefined;
      }
    }
  }

  #start(): Running<T> {
    const stop = new AbortController();
    return { result: this.work(stop.signal), stop, waiting: 0 };
  }
}
