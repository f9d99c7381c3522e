/** Connections of the Integration Server to virtual infrastructures, and what it finds there. */

import {
  type Call,
  type Caller,
  type CallOptions,
  type ChangeOptions,
  ignoreAnswer,
  path,
  query as queryOf,
  type WaitOptions,
} from "../http/call";
import type { JsonReader } from "../http/json-reader";
import { LARGEST_INVENTORY } from "../http/limits";
import type { Logger } from "../http/logger";
import { newcomerPatience } from "../http/retries";
import { type Pace, pollUntil } from "../waiting/poll";
import { SharedWork } from "../waiting/shared-work";
import { infrastructureBody, parseAdded, parseConnectionTest, parseInfrastructure } from "./answer";
import { ConnectionWatch } from "./connection-watch";
import { type ConnectionTest, connectionState, type Infrastructure, type NewInfrastructure } from "./infrastructure";
import type { Names } from "./names";
import type { InfrastructureObject, InfrastructureObjects, ObjectsQuery } from "./objects";
import { parseObject, parseObjects } from "./objects-answer";
import type { Observations } from "./observation";
import { withEitherSpelling } from "./type-spelling";

/** Of one list, how many objects without an id are logged. */
const MOST_LOGGED = 20;
/** Milliseconds that a server may take to list a large infrastructure; the documents warn of that. */
const LIST_PATIENCE = 300_000;

export interface ConnectionWaitOptions extends WaitOptions<Infrastructure> {
  /** Whether this run, or one before it, has begun it. @default whether this client has added or refreshed it */
  readonly isOurs?: boolean | undefined;
}

export class Infrastructures {
  readonly #refreshes = new Map<string, SharedWork<void>>();

  constructor(
    private readonly api: Caller,
    private readonly pace: Pace,
    private readonly observations: Observations,
    private readonly names: Names,
    private readonly log: Logger,
  ) {}

  /** Stores a connection and starts connecting; how that goes is seen with `get` or `waitForConnection`. */
  async create(infrastructure: NewInfrastructure, options: ChangeOptions = {}): Promise<Infrastructure> {
    const parse = (answer: JsonReader): Infrastructure => parseAdded(answer, infrastructure);
    const added = await this.#post("infrastructures", infrastructure, { parse, ...options });
    this.observations.of(added.id).added(added);
    this.names.learnInfrastructure(added);
    return added;
  }

  /** Tries a connection to OpenStack and its microservices without storing it. */
  async testConnection(infrastructure: NewInfrastructure, { signal }: CallOptions = {}): Promise<ConnectionTest> {
    const options = { isQuestion: true, parse: parseConnectionTest, signal } as const;
    return this.#post("infrastructures/testConnection", infrastructure, options);
  }

  async get(id: string, { signal }: CallOptions = {}): Promise<Infrastructure> {
    return this.#look(id, { signal });
  }

  /**
   * Looks at a connection until it is connected or has failed; the answer tells which: see `connectionState`. Only the
   * signal sets a limit to the wait. Of one that was begun here, looks that fail are repeated, and the last failure is told when it
   * ends; any other question is asked for a minute.
   */
  async waitForConnection(
    id: string,
    { signal, onProgress, isOurs = this.observations.of(id).isReadAnew }: ConnectionWaitOptions = {},
  ): Promise<Infrastructure> {
    const watch = new ConnectionWatch(this.pace.clock);
    let isSeen = false;
    return pollUntil({
      look: () => this.#look(id, { ...(isOurs && { isRetried: false }), signal }),
      done: (infrastructure) => {
        isSeen = true;
        const state = watch.see(connectionState(infrastructure));
        // The first look after a refresh may show the past.
        return state === "failed" || (state === "connected" && this.observations.of(id).isConnected);
      },
      onProgress,
      pace: this.pace,
      patience: isOurs ? newcomerPatience(this.api.patience, this.pace.clock, () => isSeen) : undefined,
      signal,
    });
  }

  /** Forgets a connection. What it connected to stays as it is. */
  async delete(id: string, { signal }: CallOptions = {}): Promise<void> {
    return this.api.call({ method: "DELETE", path: path`infrastructures/${id}`, parse: ignoreAnswer, signal });
  }

  /** Starts reading the infrastructure anew; the documents advise to wait for the connection afterwards. */
  async refresh(id: string, { signal }: CallOptions = {}): Promise<void> {
    const answered = this.observations.of(id).refreshed();
    await this.api.call({
      method: "POST",
      path: path`infrastructures/${id}/refresh`,
      isQuestion: true,
      parse: ignoreAnswer,
      signal,
    });
    answered();
  }

  /** Has an infrastructure read anew, unless that was done in the life of this client: once for everyone who asks. */
  async readAnew(id: string, { signal }: CallOptions = {}): Promise<void> {
    if (this.observations.of(id).isReadAnew) return;
    const refresh = this.#refreshes.get(id) ?? new SharedWork((signal) => this.refresh(id, { signal }));
    this.#refreshes.set(id, refresh);
    await refresh.result(signal);
  }

  /** Lists what is in an infrastructure. What has no id there is left out, and named in the log and beside the lists. */
  async objects(id: string, query: ObjectsQuery = {}): Promise<InfrastructureObjects> {
    const { types, detailed, parentId, patience = LIST_PATIENCE, signal } = query;
    const parameters = queryOf({
      // A literal plus between the types: a percent-encoded one would not be the separator that the server looks for.
      objectTypes: types?.join("+"),
      outputType: detailed === undefined ? undefined : detailed ? "DetailedInfo" : "GeneralInfo",
      parentId: parentId === undefined ? undefined : encodeURIComponent(parentId),
    });
    const objects = await this.api.call({
      method: "GET",
      path: `${path`infrastructures/${id}/objects`}${parameters}`,
      largest: LARGEST_INVENTORY,
      patience,
      parse: parseObjects,
      signal,
    });
    this.names.learnPlaces(id, objects.locations);
    for (const object of objects.unidentified.slice(0, MOST_LOGGED)) {
      this.log.warn("The server lists something without an id, which is left out", { infrastructure: id, ...object });
    }
    return objects;
  }

  /** Everything about one object. */
  async object(
    id: string,
    objectId: string,
    { patience, signal }: Pick<ObjectsQuery, "patience" | "signal"> = {},
  ): Promise<InfrastructureObject> {
    const object = await this.api.call({
      method: "GET",
      path: path`infrastructures/${id}/objects/${objectId}`,
      parse: (answer) => parseObject(answer, objectId),
      patience,
      signal,
    });
    if (object.kind === "location") this.names.learnPlaces(id, [object]);
    return object;
  }

  #post<T>(
    path: string,
    infrastructure: NewInfrastructure,
    options: Pick<Call<T>, "isQuestion" | "parse" | "onBusy" | "signal">,
  ): Promise<T> {
    const { type } = infrastructure;
    return withEitherSpelling([type], "connections", (spelled) =>
      this.api.call({
        method: "POST",
        path,
        body: infrastructureBody(infrastructure, spelled(type)),
        ...options,
      }),
    );
  }

  async #look(id: string, options: Pick<Call<Infrastructure>, "isRetried" | "signal">): Promise<Infrastructure> {
    const observe = this.observations.of(id).asked();
    const parse = (answer: JsonReader): Infrastructure => parseInfrastructure(answer, id);
    const seen = await this.api.call({ method: "GET", path: path`infrastructures/${id}`, parse, ...options });
    observe(seen);
    this.names.learnInfrastructure(seen);
    return seen;
  }
}
