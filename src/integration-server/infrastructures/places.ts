/** One look at an infrastructure, for everyone who looks something up there at about the same time. */
import { setImmediate } from "node:timers/promises";
import { failureOf, isNotFound } from "../http/failure";
import { isSameId } from "../ids";
import type { Clock } from "../waiting/clock";
import { SharedReading } from "../waiting/shared-work";
import { connectionState, type Infrastructure } from "./infrastructure";
import type { Infrastructures } from "./infrastructures";
import type { InfrastructureObjects, Location, ObjectsQuery, ObjectType } from "./objects";
import type { Observation } from "./observation";

/** Milliseconds for which it is good enough after its last use: Terraform asks for a thousand hypervisors ten at a time. */
const LIFE = 60_000;
/** A look-up has a time-out of its own. */
const PATIENCE = Number.POSITIVE_INFINITY;
/**
 * As many places are asked for one by one, as the documents advise; whoever needs more needs many, and a request for each
 * would take longer than one detailed list (SVM management, "Getting information about infrastructure objects").
 */
const FEW = 4;

export interface PlacesSources {
  readonly infrastructureId: string;
  readonly infrastructures: Pick<Infrastructures, "waitForConnection" | "objects" | "object">;
  readonly observation: Observation;
  readonly clock: Clock;
}

/** What is asked for, whoever asks. */
type Query = Pick<ObjectsQuery, "types" | "detailed" | "parentId">;

export class Places {
  readonly #sources: PlacesSources;
  /** When it began, on the clock. */
  readonly began: number;
  readonly #era: number;
  readonly #connection: SharedReading<Infrastructure>;
  readonly #lists = new Map<string, SharedReading<InfrastructureObjects>>();
  readonly #singles = new Map<string, SharedReading<Location | undefined>>();
  #goodUntil: number;
  #readings = 0;
  #isUnsettled = false;
  #isEmpty = false;
  #isDown = false;
  #isMany: boolean;
  /** True when nobody can read the detailed list, as when it is larger than any answer may be. */
  #isTooMuch = false;

  /** @param before what was read before this */
  constructor(sources: PlacesSources, before?: Places) {
    this.#sources = sources;
    this.#isMany = before?.isMany ?? false;
    const { observation, clock } = sources;
    this.began = clock.now();
    this.#era = observation.era;
    this.#goodUntil = this.began + LIFE;
    this.#connection = this.#reading((signal) => this.#connect(signal));
  }

  /** Whether it is recent, and nobody has had the infrastructure read anew since. */
  get isGood(): boolean {
    const { clock, observation } = this.#sources;
    const isRecent = this.#readings > 0 || clock.now() < this.#goodUntil;
    return isRecent && observation.era === this.#era;
  }

  /** Whether so many places are asked for that one list of all is better. */
  get isMany(): boolean {
    return this.#isMany;
  }

  /** To be told of everyone who looks. */
  use(): this {
    if (!this.#isDown) this.#goodUntil = this.#sources.clock.now() + LIFE;
    return this;
  }

  /** Whether everything was read when it could be relied upon: what it does not show is not there. */
  get isSettled(): boolean {
    return !this.#isUnsettled;
  }

  /** Whether there was no place at all, as while a server connects. */
  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  /** The connection when it is made or has failed: see `connectionState`. */
  async connection(signal?: AbortSignal): Promise<Infrastructure> {
    return this.#connection.recent(signal);
  }

  /** Brief information about all places of the given types. */
  async all(types: readonly ObjectType[], signal?: AbortSignal): Promise<readonly Location[]> {
    const { locations } = await this.objects({ types, detailed: false }, signal);
    this.#isEmpty = locations.length === 0;
    return locations;
  }

  /** Full information about one place; undefined when there is none of this id. */
  async one(types: readonly ObjectType[], id: string, signal?: AbortSignal): Promise<Location | undefined> {
    const single = this.#singles.get(id) ?? this.#reading((signal) => this.#read(id, signal));
    this.#singles.set(id, single);
    // Everyone who has waited for the same list is counted first.
    await setImmediate();
    signal?.throwIfAborted();
    this.#isMany ||= this.#singles.size > FEW;
    if (!this.#isMany || this.#isTooMuch) return single.recent(signal);
    try {
      const { locations } = await this.objects({ types, detailed: true }, signal);
      const found = locations.find((location) => isSameId(location.id, id));
      return found && { ...found, id };
    } catch (error) {
      if (failureOf(error).kind !== "shape") throw error;
      this.#isTooMuch = true;
      return single.recent(signal);
    }
  }

  /** A list; of virtual machines, which may be tens of thousands, only those who ask at the same time share it. */
  async objects({ types, detailed, parentId }: Query, signal?: AbortSignal): Promise<InfrastructureObjects> {
    const sorted = types && [...types].sort();
    const key = JSON.stringify([sorted, detailed ?? false, parentId]);
    const isLarge = types?.includes("VM") ?? false;
    const { infrastructureId, infrastructures, observation } = this.#sources;
    const read = (signal: AbortSignal) => {
      this.#isUnsettled ||= observation.settlesIn !== 0;
      return infrastructures.objects(infrastructureId, { types, detailed, parentId, patience: PATIENCE, signal });
    };
    const list = this.#lists.get(key) ?? this.#reading(read, isLarge ? 0 : undefined);
    this.#lists.set(key, list);
    return list.recent(signal);
  }

  async #connect(signal: AbortSignal): Promise<Infrastructure> {
    const { infrastructureId, infrastructures, observation, clock } = this.#sources;
    const infrastructure = await infrastructures.waitForConnection(infrastructureId, { signal });
    // Somebody may mend it at any time; those who come together are told the same.
    this.#isDown = connectionState(infrastructure) !== "connected";
    if (this.#isDown) this.#goodUntil = clock.now() + observation.period;
    return infrastructure;
  }

  async #read(id: string, signal: AbortSignal): Promise<Location | undefined> {
    const { infrastructureId, infrastructures, observation } = this.#sources;
    this.#isUnsettled ||= observation.settlesIn !== 0;
    try {
      const object = await infrastructures.object(infrastructureId, id, { patience: PATIENCE, signal });
      return object.kind === "location" ? object : undefined;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** Something that is read once, as long as this look is good. */
  #reading<T>(read: (signal: AbortSignal) => Promise<T>, life = Number.POSITIVE_INFINITY): SharedReading<T> {
    const counted = async (signal: AbortSignal): Promise<T> => {
      this.#readings += 1;
      try {
        const value = await read(signal);
        this.use();
        return value;
      } finally {
        this.#readings -= 1;
      }
    };
    return new SharedReading(counted, life, this.#sources.clock);
  }
}
