/** Collects what comes at about the same time and sends it together. Knows nothing of what it sends. */
import { abandonable, onAbort } from "./abort";
import type { Clock } from "./clock";

/** In milliseconds. */
export interface BatchTiming {
  /** A batch goes out when nothing has come for this long, */
  readonly quiet: number;
  /** or this long after its first item. */
  readonly longest: number;
  /** How long an answer is still waited for when every caller has left, since it tells what became of the request. */
  readonly grace: number;
}

export interface BatcherOptions<Item, Receipt> {
  readonly clock: Clock;
  readonly timing: BatchTiming;
  /** Asked for every item when its batch is complete; an item for which it rejects stays behind with that error. */
  readonly admit?: ((item: Item, signal: AbortSignal | undefined) => Promise<void>) | undefined;
  readonly send: (items: readonly Item[], signal: AbortSignal) => Promise<Receipt>;
  /** True for an error with which one item may spoil the others: they are then sent again in halves. */
  readonly isDivisible: (error: unknown) => boolean;
}

/** What an item went out with. */
export interface Sent<Item, Receipt> {
  readonly receipt: Receipt;
  /** All of the same request, in its order. */
  readonly items: readonly Item[];
}

interface Entry<Item, Receipt> {
  readonly item: Item;
  readonly signal: AbortSignal | undefined;
  resolve(sent: Sent<Item, Receipt>): void;
  reject(reason: unknown): void;
  /** From now on an aborted signal does not reject the entry by itself. */
  ignoreSignal(): void;
}

interface OpenBatch<Item, Receipt> {
  readonly entries: Entry<Item, Receipt>[];
  readonly cancelLongest: () => void;
  cancelQuiet: () => void;
}

export class Batcher<Item, Receipt> {
  readonly #options: BatcherOptions<Item, Receipt>;
  readonly #open = new Map<string, OpenBatch<Item, Receipt>>();

  constructor(options: BatcherOptions<Item, Receipt>) {
    this.#options = options;
  }

  /**
   * Sends an item together with others of the same key. A caller whose signal is aborted leaves at once with its reason
   * as long as the item has not been sent; from then on it learns first what became of the request.
   */
  submit(key: string, item: Item, signal?: AbortSignal): Promise<Sent<Item, Receipt>> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const ignoreSignal = onAbort(signal, () => reject(signal?.reason));
      this.#collect(key, { item, signal, resolve, reject, ignoreSignal });
    });
  }

  #collect(key: string, entry: Entry<Item, Receipt>): void {
    const { clock, timing } = this.#options;
    const close = (): void => this.#close(key);
    const batch = this.#open.get(key) ?? {
      entries: [],
      cancelLongest: clock.after(timing.longest, close),
      cancelQuiet: () => undefined,
    };
    this.#open.set(key, batch);
    batch.entries.push(entry);
    batch.cancelQuiet();
    batch.cancelQuiet = clock.after(timing.quiet, close);
  }

  #close(key: string): void {
    const batch = this.#open.get(key);
    if (!batch) return;
    this.#open.delete(key);
    batch.cancelQuiet();
    batch.cancelLongest();
    void this.#dispatch(batch.entries);
  }

  async #dispatch(entries: readonly Entry<Item, Receipt>[]): Promise<void> {
    const admitted = await Promise.all(entries.filter(stillWanted).map((entry) => this.#admit(entry)));
    await this.#send(admitted.flat());
  }

  /** The entry, unless it has to stay behind. */
  async #admit(entry: Entry<Item, Receipt>): Promise<readonly Entry<Item, Receipt>[]> {
    try {
      await abandonable(this.#options.admit?.(entry.item, entry.signal) ?? Promise.resolve(), entry.signal);
      return [entry];
    } catch (error) {
      entry.reject(error);
      return [];
    }
  }

  async #send(candidates: readonly Entry<Item, Receipt>[]): Promise<void> {
    const entries = candidates.filter(stillWanted);
    if (entries.length === 0) return;
    for (const entry of entries) entry.ignoreSignal();
    const items = entries.map(({ item }) => item);
    const { signal, forget } = this.#whenAllHaveLeft(entries);
    try {
      const receipt = await this.#options.send(items, signal);
      for (const entry of entries) entry.resolve({ receipt, items });
    } catch (error) {
      if (entries.length > 1 && this.#options.isDivisible(error)) {
        const middle = Math.ceil(entries.length / 2);
        await Promise.all([this.#send(entries.slice(0, middle)), this.#send(entries.slice(middle))]);
        return;
      }
      for (const entry of entries) entry.reject(error === signal.reason ? entry.signal?.reason : error);
    } finally {
      forget();
    }
  }

  /** A signal that is aborted some time after the last caller has left. */
  #whenAllHaveLeft(entries: readonly Entry<Item, Receipt>[]): { readonly signal: AbortSignal; forget(): void } {
    const { clock, timing } = this.#options;
    const stop = new AbortController();
    let callers = entries.length;
    let cancel = (): void => undefined;
    const leave = (): void => {
      callers -= 1;
      if (callers === 0) cancel = clock.after(timing.grace, () => stop.abort());
    };
    // A listener each: a signal that several share would call one and the same only once.
    const forgetters = entries.map(({ signal }) => onAbort(signal, () => leave()));
    const forget = (): void => {
      cancel();
      for (const each of forgetters) each();
    };
    return { signal: stop.signal, forget };
  }
}

/** What was rejected by the server has not taken effect: whoever left meanwhile need not be told anything but that. */
function stillWanted({ signal, reject }: Entry<unknown, unknown>): boolean {
  if (!signal?.aborted) return true;
  reject(signal.reason);
  return false;
}
