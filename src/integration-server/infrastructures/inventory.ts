/**
 * Looking up by name what an infrastructure contains. However many look-ups there are, they share what is read; and one
 * that does not find its name looks again for as long as the server may not have seen everything yet.
 */
import type { CallOptions } from "../http/call";
import { sleep } from "../waiting/clock";
import { FIRST_PAUSE, GROWTH, type Pace } from "../waiting/poll";
import type { Infrastructures } from "./infrastructures";
import type { Observation, Observations } from "./observation";
import { Places } from "./places";

/** What somebody sees who looks for something: that, or why it is not found. */
export type Sight<T, P extends Error = Error> = { readonly found: T } | { readonly problem: P };

export interface SearchOptions extends CallOptions {
  /** Has the infrastructure read anew first, once for everyone in the life of a client. @default false */
  readonly refresh?: boolean | undefined;
}

export interface InventoryOptions {
  readonly infrastructures: Pick<Infrastructures, "waitForConnection" | "readAnew" | "objects" | "object">;
  readonly observations: Observations;
  /** True while the server changes SVMs of an infrastructure because we have asked it to. */
  readonly isAtWork: (infrastructureId: string) => boolean;
  readonly pace: Pace;
}

export class Inventories {
  readonly #options: InventoryOptions;
  readonly #infrastructures = new Map<string, Inventory>();

  constructor(options: InventoryOptions) {
    this.#options = options;
  }

  /** What there is in one infrastructure. */
  of(infrastructureId: string): Inventory {
    const inventory = this.#infrastructures.get(infrastructureId) ?? new Inventory(infrastructureId, this.#options);
    this.#infrastructures.set(infrastructureId, inventory);
    return inventory;
  }
}

export class Inventory {
  readonly #id: string;
  readonly #options: InventoryOptions;
  readonly #observation: Observation;
  #places: Places | undefined;
  /** Since when no look has shown any place. */
  #emptySince: number | undefined;

  constructor(infrastructureId: string, options: InventoryOptions) {
    this.#id = infrastructureId;
    this.#options = options;
    this.#observation = options.observations.of(infrastructureId);
  }

  /**
   * What `look` finds.
   *
   * @param look may be asked again, with what was read later; what it throws ends the search
   * @throws its problem, when nothing that is read later would solve that
   */
  async search<T>(
    look: (places: Places) => Promise<Sight<T>>,
    { refresh = false, signal }: SearchOptions = {},
  ): Promise<T> {
    const { clock, interval } = this.#options.pace;
    const isReadAnew = refresh && (await this.#readAnew(signal));
    // The server sees what is new only now and then, so that nobody needs anything more recent than its last look.
    const looks = refresh && !isReadAnew ? 2 : -1;
    const earliest = clock.now() + looks * this.#observation.period;
    for (let longest = FIRST_PAUSE, places = this.#current(); ; longest *= GROWTH, places = this.#after(places)) {
      const sight = await look(places);
      if ("found" in sight) return sight.found;
      const pause = this.#untilProof(places, earliest);
      if (pause === undefined) throw sight.problem;
      await sleep(clock, Math.min(pause, longest, interval), signal);
    }
  }

  /**
   * Whether everything is read anew, or has been in the life of this client. A refresh connects anew, which would break off
   * what we have begun there: until the server has looked twice is as good.
   */
  async #readAnew(signal: AbortSignal | undefined): Promise<boolean> {
    const { infrastructures, isAtWork } = this.#options;
    if (!isAtWork(this.#id)) await infrastructures.readAnew(this.#id, { signal });
    return this.#observation.isReadAnew;
  }

  /** What was read, or is being read, if that is good enough for what is there. */
  #current(): Places {
    return this.#places?.isGood ? this.#places.use() : this.#renew();
  }

  #renew(): Places {
    const { infrastructures, pace } = this.#options;
    const sources = { infrastructureId: this.#id, infrastructures, observation: this.#observation, clock: pace.clock };
    this.#places = new Places(sources, this.#places);
    return this.#places;
  }

  /** What is read later; the same for all who have seen the same. */
  #after(seen: Places): Places {
    return this.#places === seen ? this.#renew() : this.#current();
  }

  /** Milliseconds until it is worth looking again; undefined when what was read proves that there is no more. */
  #untilProof(places: Places, wanted: number): number | undefined {
    const { period, settlesIn = 0 } = this.#observation;
    // A server that has not seen anything yet may have connected just now.
    this.#emptySince = places.isEmpty ? (this.#emptySince ?? places.began) : undefined;
    const earliest = this.#emptySince === undefined ? wanted : Math.max(wanted, this.#emptySince + period);
    if (places.isSettled && places.began >= earliest) return undefined;
    return Math.max(settlesIn, earliest - this.#options.pace.clock.now(), FIRST_PAUSE);
  }
}
