/** Collects what comes at about the same time and sends it together. Knows nothing of what it sends. */
import { onAbort } from "./abort";
import { abandonable } from "./delay";
import { type Pending, pending } from "./pending";

/** In milliseconds. */
export interface BatchTiming {
  /** A batch goes out when nothing has come for this long, */
  readonly quiet: number;
  /** or this long after its first item. */
  readonly longest: number;
  /** How long an answer is still waited for when nobody wants it any more, since it tells what became of the request. */
  readonly patience: number;
}

export interface BatcherOptions<Item, Receipt> {
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

interface Entry<Item, Receipt> extends Pending<Sent<Item, Receipt>> {
  readonly item: Item;
  readonly signal: AbortSignal | undefined;
  /** From now on an aborted signal does not end the wait by itself. */
  stay(): void;
}

interface OpenBatch<E> {
  readonly entries: E[];
  readonly longest: NodeJS.Timeout;
  quiet?: NodeJS.Timeout;
}

export class Batcher<Item, Receipt> {
  readonly #options: BatcherOptions<Item, Receipt>;
  readonly #open = new Map<string, OpenBatch<Entry<Item, Receipt>>>();

  constructor(options: BatcherOptions<Item, Receipt>) {
    this.#options = options;
  }

  /**
   * Sends an item together with others of the same key. A caller whose signal is aborted leaves at once with its reason
   * as long as the item has not been sent; from then on it learns first what became of the request.
   */
  async submit(key: string, item: Item, signal?: AbortSignal): Promise<Sent<Item, Receipt>> {
    signal?.throwIfAborted();
    const entry = newEntry<Item, Receipt>(item, signal);
    this.#collect(key, entry);
    return entry.promise;
  }

  #collect(key: string, entry: Entry<Item, Receipt>): void {
    const { quiet, longest } = this.#options.timing;
    const close = (): void => this.#close(key);
    const batch = this.#open.get(key) ?? { entries: [], longest: setTimeout(close, longest) };
    this.#open.set(key, batch);
    batch.entries.push(entry);
    clearTimeout(batch.quiet);
    batch.quiet = setTimeout(close, quiet);
  }

  #close(key: string): void {
    const batch = this.#open.get(key);
    if (!batch) return;
    this.#open.delete(key);
    clearTimeout(batch.quiet);
    clearTimeout(batch.longest);
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
    for (const entry of entries) entry.stay();
    const items = entries.map(({ item }) => item);
    const interest = watchInterest(entries, this.#options.timing.patience);
    try {
      const receipt = await this.#options.send(items, interest.signal);
      for (const entry of entries) entry.resolve({ receipt, items });
    } catch (error) {
      if (entries.length > 1 && this.#options.isDivisible(error)) {
        const middle = Math.ceil(entries.length / 2);
        await Promise.all([this.#send(entries.slice(0, middle)), this.#send(entries.slice(middle))]);
        return;
      }
      const own = error === interest.signal.reason;
      for (const entry of entries) entry.reject(own ? entry.signal?.reason : error);
    } finally {
      interest.forget();
    }
  }
}

function newEntry<Item, Receipt>(item: Item, signal: AbortSignal | undefined): Entry<Item, Receipt> {
  const outcome = pending<Sent<Item, Receipt>>();
  const stay = onAbort(signal, () => outcome.reject(signal?.reason));
  return { ...outcome, item, signal, stay };
}

/** What was rejected by the server has not taken effect: whoever left meanwhile need not be told anything but that. */
function stillWanted({ signal, reject }: Entry<unknown, unknown>): boolean {
  if (!signal?.aborted) return true;
  reject(signal.reason);
  return false;
}

interface Interest {
  /** Aborted some time after the last one has left. */
  readonly signal: AbortSignal;
  forget(): void;
}

function watchInterest(entries: readonly { readonly signal: AbortSignal | undefined }[], patience: number): Interest {
  const stop = new AbortController();
  let interested = entries.length;
  let timer: NodeJS.Timeout | undefined;
  const leave = (): void => {
    interested -= 1;
    if (interested === 0) timer = setTimeout(() => stop.abort(), patience);
  };
  // A listener each: a signal that several share would call one and the same only once.
  const forgetters = entries.map(({ signal }) => onAbort(signal, () => leave()));
  return {
    signal: stop.signal,
    forget: () => {
      clearTimeout(timer);
      for (const forget of forgetters) forget();
    },
  };
}
