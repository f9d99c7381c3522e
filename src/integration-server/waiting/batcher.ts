/** Collects what comes at about the same time and sends it together. Knows nothing of what it sends. */
import { abandonable, onAbort } from "./abort";
import type { Clock } from "./clock";
import { Slots } from "./slots";

/** In milliseconds. */
export interface BatchTiming {
  /** A batch goes out when nothing has come for this long, */
  readonly quiet: number;
  /** or this long after its first item; with less than half of the slots, too, if it has waited for more that long at most. */
  readonly longest: number;
  /** How long an answer is still waited for when every caller has left, since it tells what became of the request. */
  readonly grace: number;
}

/**
 * Terraform works on so many resources at a time, so that another one comes for each that is done; but in between it writes
 * its state, one resource after the other. What is owed is worth waiting for: so many times as long as usual, or as what
 * was owed has let others wait for it,
 */
const PATIENCE = { quiet: 3, longest: 5, gap: 1.5 };
/** but of a batch that is such a share of the largest so far not longer than usual: the rest comes while the server works. */
const FULL_ENOUGH = 2 / 3;
/** Slots stay empty, until enough are, for no longer than this share of what was done in one of them last. */
const EMPTY_SHARE = 0.02;

export interface BatcherOptions<Item, Receipt> {
  readonly clock: Clock;
  readonly timing: BatchTiming;
  /**
   * What goes out takes one for each item, until its caller gives it back. A batch is no larger than there are free ones,
   * and goes at once when it takes them all; it waits while less than half of them are free, so that batches fill.
   *
   * @default as many as there are items
   */
  readonly slots?: Slots | undefined;
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
  /** To be called when what was sent is done: gives the slot back. */
  readonly done: () => void;
}

interface Entry<Item, Receipt> {
  readonly item: Item;
  readonly signal: AbortSignal | undefined;
  /** On the clock. */
  readonly arrived: number;
  resolve(sent: Sent<Item, Receipt>): void;
  reject(reason: unknown): void;
  /** From now on an aborted signal does not reject the entry by itself. */
  ignoreSignal(): void;
}

/** An entry that goes out. */
interface Departing<Item, Receipt> extends Entry<Item, Receipt> {
  /** Gives its slot back. */
  done(): void;
}

interface OpenBatch<Item, Receipt> {
  /** In the order in which they have arrived; some may have left. */
  entries: Entry<Item, Receipt>[];
  /** Ends what it waits for. */
  cancel(): void;
  /** From now on it is not told of slots. */
  leave(): void;
}

export class Batcher<Item, Receipt> {
  readonly #options: BatcherOptions<Item, Receipt>;
  readonly #slots: Slots;
  readonly #open = new Map<string, OpenBatch<Item, Receipt>>();
  /** How many have been done for which no other one has come yet; undefined while nobody knows how many are to come. */
  #owed: number | undefined;
  /** When something was done, or came that was owed, for the last time; and the longest that one of those took to come. */
  #lastEvent = 0;
  #longestGap = 0;
  /** How many have gone out together at most. */
  #largest = 0;
  /** What was done last took so long, in milliseconds. */
  #duration = Number.POSITIVE_INFINITY;

  constructor(options: BatcherOptions<Item, Receipt>) {
    this.#options = options;
    this.#slots = options.slots ?? new Slots(Number.POSITIVE_INFINITY, options.clock);
  }

  /**
   * Sends an item together with others of the same key. A caller whose signal is aborted leaves at once with its reason
   * as long as the item has not been sent; from then on it learns first what became of the request.
   */
  submit(key: string, item: Item, signal?: AbortSignal): Promise<Sent<Item, Receipt>> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const ignoreSignal = onAbort(signal, () => reject(signal?.reason));
      const batch = this.#open.get(key) ?? this.#begin(key);
      const arrived = this.#options.clock.now();
      batch.entries.push({ item, signal, arrived, resolve, reject, ignoreSignal });
      if (this.#owed !== undefined) this.#settle(this.#owed, arrived);
      this.#schedule(key, batch);
    });
  }

  /** One of what is owed has come. */
  #settle(owed: number, now: number): void {
    this.#owed = Math.max(0, owed - 1);
    const gap = now - this.#lastEvent;
    // Whatever takes longer is not the writing of a state.
    if (gap <= this.#options.timing.longest) this.#longestGap = Math.max(this.#longestGap, gap);
    this.#lastEvent = now;
  }

  #begin(key: string): OpenBatch<Item, Receipt> {
    const batch: OpenBatch<Item, Receipt> = {
      entries: [],
      cancel: () => undefined,
      leave: this.#slots.wait(() => this.#schedule(key, batch)),
    };
    this.#open.set(key, batch);
    return batch;
  }

  #end(key: string, batch: OpenBatch<Item, Receipt>): void {
    this.#open.delete(key);
    batch.cancel();
    batch.leave();
  }

  /** Looks again when the batch may go out, as things stand now. */
  #schedule(key: string, batch: OpenBatch<Item, Receipt>): void {
    batch.cancel();
    const pause = this.#pause(batch);
    batch.cancel = pause === undefined ? () => undefined : this.#options.clock.after(pause, () => this.#go(key, batch));
  }

  /** Milliseconds until the batch goes out if nothing else happens; undefined while there is no slot for any of it. */
  #pause({ entries }: OpenBatch<Item, Receipt>): number | undefined {
    const now = this.#options.clock.now();
    const { free, isHalfFree, freeSince } = this.#slots;
    if (free <= 0) return undefined;
    const first = entries[0]?.arrived ?? now;
    const last = entries.at(-1)?.arrived ?? now;
    // Nothing more can go, or as many have come as were done.
    const isComplete = entries.length >= free || this.#owed === 0;
    if (isComplete && isHalfFree) return 0;
    const time = isComplete
      ? Math.max(first, freeSince) + this.#longestEmpty
      : this.#whenCollected(entries, first, last);
    return Math.max(0, time - now);
  }

  /** How long slots stay empty until enough are free. */
  get #longestEmpty(): number {
    return Math.min(this.#options.timing.longest, EMPTY_SHARE * this.#duration);
  }

  /** When a batch goes out although more may come. */
  #whenCollected(entries: readonly unknown[], first: number, last: number): number {
    const { quiet, longest } = this.#options.timing;
    if (this.#owed === undefined) return Math.min(last + quiet, first + longest);
    const patience = Math.min(Math.max(PATIENCE.quiet * quiet, PATIENCE.gap * this.#longestGap), longest);
    return Math.min(last + patience, first + (this.#isFullEnough(entries) ? quiet : PATIENCE.longest * longest));
  }

  #isFullEnough(entries: readonly unknown[]): boolean {
    return entries.length >= FULL_ENOUGH * this.#largest;
  }

  #go(key: string, batch: OpenBatch<Item, Receipt>): void {
    batch.entries = batch.entries.filter(stillWanted);
    const pause = this.#pause(batch);
    if (batch.entries.length > 0 && pause !== 0) {
      this.#schedule(key, batch);
      return;
    }
    // What stays behind gets in line again behind everyone who waits for slots, too.
    this.#end(key, batch);
    const going = batch.entries.splice(0, this.#slots.free);
    this.#largest = Math.max(this.#largest, going.length);
    // Whoever comes now was not waited for.
    if (this.#owed === 0) this.#owed = undefined;
    void this.#dispatch(going.map((entry) => ({ ...entry, done: this.#take() })));
    if (batch.entries.length === 0) return;
    const next = this.#begin(key);
    next.entries = batch.entries;
    this.#schedule(key, next);
  }

  #take(): () => void {
    const { clock } = this.#options;
    const giveBack = this.#slots.take();
    const began = clock.now();
    let isDone = false;
    return () => {
      if (isDone) return;
      isDone = true;
      this.#owed = (this.#owed ?? 0) + 1;
      this.#lastEvent = clock.now();
      this.#duration = this.#lastEvent - began;
      giveBack();
    };
  }

  async #dispatch(entries: readonly Departing<Item, Receipt>[]): Promise<void> {
    const admitted = await Promise.all(entries.map((entry) => this.#admit(entry)));
    await this.#send(admitted.flat());
  }

  /** The entry, unless it has to stay behind. */
  async #admit(entry: Departing<Item, Receipt>): Promise<readonly Departing<Item, Receipt>[]> {
    try {
      await abandonable(this.#options.admit?.(entry.item, entry.signal) ?? Promise.resolve(), entry.signal);
      return [entry];
    } catch (error) {
      fail(entry, error);
      return [];
    }
  }

  async #send(candidates: readonly Departing<Item, Receipt>[]): Promise<void> {
    const entries = candidates.filter((entry) => {
      const isWanted = stillWanted(entry);
      if (!isWanted) entry.done();
      return isWanted;
    });
    if (entries.length === 0) return;
    for (const entry of entries) entry.ignoreSignal();
    const items = entries.map(({ item }) => item);
    const { signal, forget } = this.#whenAllHaveLeft(entries);
    try {
      const receipt = await this.#options.send(items, signal);
      for (const { resolve, done } of entries) resolve({ receipt, items, done });
    } catch (error) {
      if (entries.length > 1 && this.#options.isDivisible(error)) {
        const middle = Math.ceil(entries.length / 2);
        await Promise.all([this.#send(entries.slice(0, middle)), this.#send(entries.slice(middle))]);
        return;
      }
      for (const entry of entries) fail(entry, error === signal.reason ? entry.signal?.reason : error);
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

function fail({ reject, done }: Departing<unknown, unknown>, reason: unknown): void {
  done();
  reject(reason);
}

/** What was rejected by the server has not taken effect: whoever left meanwhile need not be told anything but that. */
function stillWanted({ signal, reject }: Entry<unknown, unknown>): boolean {
  if (!signal?.aborted) return true;
  reject(signal.reason);
  return false;
}
