/** Reserve servers of a high-availability cluster. The documents know these calls on the primary server only. */
import { type Call, type Caller, type CallOptions, ignoreAnswer, path, type WaitOptions } from "../http/call";
import type { JsonReader } from "../http/json-reader";
import type { Logger } from "../http/logger";
import { ConnectionWatch } from "../infrastructures/connection-watch";
import { type Pace, pollUntil } from "../waiting/poll";
import {
  parseReserveServer,
  parseReserveServers,
  type ReserveServer,
  type ReserveServerSettings,
  reserveConnectionState,
  reserveServerBody,
} from "./reserve-server";

export class ReserveServers {
  constructor(
    private readonly api: Caller,
    private readonly pace: Pace,
    private readonly log: Logger,
  ) {}

  /** Registers a reserve server and starts connecting to it; how that goes is seen with `waitForConnection`. */
  async create(settings: ReserveServerSettings, { signal }: CallOptions = {}): Promise<ReserveServer> {
    return this.api.call({
      method: "POST",
      path: "ha/instances",
      body: reserveServerBody(settings),
      parse: (answer) => parseReserveServer(answer, { address: settings.address }),
      signal,
    });
  }

  async get(id: string, { signal }: CallOptions = {}): Promise<ReserveServer> {
    return this.api.call({ ...reserveServerCall(id), signal });
  }

  /** All registered ones: at most one in version 6.4. */
  async list({ signal }: CallOptions = {}): Promise<readonly ReserveServer[]> {
    const tell = (address: string | undefined): void =>
      this.log.warn("The server lists a reserve server without an id, which is left out", { address });
    const parse = (answer: JsonReader): readonly ReserveServer[] => parseReserveServers(answer, tell);
    return this.api.call({ method: "GET", path: "ha/instances", parse, signal });
  }

  /** Replaces address and password together, and connects anew. */
  async update(id: string, settings: ReserveServerSettings, { signal }: CallOptions = {}): Promise<ReserveServer> {
    return this.api.call({
      method: "PUT",
      path: path`ha/instances/${id}`,
      body: reserveServerBody(settings),
      parse: (answer) => parseReserveServer(answer, { id, address: settings.address }),
      signal,
    });
  }

  /** Looks at a reserve server until it is connected or has failed; the answer tells which: see `reserveConnectionState`. */
  async waitForConnection(id: string, { signal, onProgress }: WaitOptions<ReserveServer> = {}): Promise<ReserveServer> {
    const watch = new ConnectionWatch(this.pace.clock);
    return pollUntil({
      look: () => this.api.call({ ...reserveServerCall(id), isRetried: false, signal }),
      done: (reserve) => watch.see(reserveConnectionState(reserve)) !== "connecting",
      onProgress,
      pace: this.pace,
      patience: this.api.patience,
      signal,
    });
  }

  /** De-registers a reserve server. */
  async delete(id: string, { signal }: CallOptions = {}): Promise<void> {
    return this.api.call({ method: "DELETE", path: path`ha/instances/${id}`, parse: ignoreAnswer, signal });
  }
}

function reserveServerCall(id: string): Call<ReserveServer> {
  return { method: "GET", path: path`ha/instances/${id}`, parse: (answer) => parseReserveServer(answer, { id }) };
}
