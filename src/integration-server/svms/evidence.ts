/**
 * What lists prove about the SVMs of one infrastructure. They lag behind, since the Integration Server looks at an
 * infrastructure only every so often, and are empty while it connects: not every list without an SVM says that it is gone.
 */
import { ApiError } from "../http/errors";
import type { Infrastructures } from "../infrastructures/infrastructures";
import type { Names } from "../infrastructures/names";
import type { VirtualMachine } from "../infrastructures/objects";
import type { Observation } from "../infrastructures/observation";
import { type Settlement, type SettlingOptions, settle } from "../infrastructures/settling";
import { sleep } from "../waiting/clock";
import type { Pace } from "../waiting/poll";
import { SharedReading, SharedWork } from "../waiting/shared-work";
import { ConnectionDownError } from "./errors";
import { withId } from "./listed";
import type { SvmList } from "./lists";

const MINUTE = 60_000;

/** Everything that there is, or why nobody can say what there is. */
export type Verdict = { readonly svms: readonly VirtualMachine[] } | { readonly why: Exclude<Settlement, "settled"> };

export interface EvidenceSources {
  readonly infrastructureId: string;
  readonly infrastructures: Pick<Infrastructures, "get" | "readAnew">;
  readonly names: Names;
  readonly observation: Observation;
  readonly list: SvmList;
  readonly pace: Pace;
}

export class Evidence {
  readonly #sources: EvidenceSources;
  readonly #settled: SharedReading<readonly VirtualMachine[]>;
  readonly #judging = new SharedWork((signal) => this.#judge(signal));
  readonly #reaching = new SharedWork((signal) => this.#reach(signal));
  #verdict: { readonly verdict: Verdict; readonly deployments: number } | undefined;

  constructor(sources: EvidenceSources) {
    this.#sources = sources;
    this.#settled = new SharedReading((signal) => this.#settledList(signal), 0, sources.pace.clock);
  }

  /** How long it is worth waiting for certainty, in milliseconds. */
  get patience(): number {
    return Math.max(MINUTE, 3 * this.period);
  }

  /** Milliseconds between two looks of the server at the infrastructure. */
  get period(): number {
    return this.#sources.observation.period;
  }

  /**
   * A list that begins after this call, when the connection has settled: one for everyone who asks at the same time. A
   * connection that is being made is waited for as long as the signal lives.
   *
   * @throws ConnectionDownError
   */
  settled(signal?: AbortSignal): Promise<readonly VirtualMachine[]> {
    return this.#settled.fresh(signal);
  }

  /** The same after a period, when the server has looked once more. */
  async later(signal?: AbortSignal): Promise<readonly VirtualMachine[]> {
    await sleep(this.#sources.pace.clock, this.period, signal);
    return this.settled(signal);
  }

  /**
   * What an infrastructure that was read anew has, for somebody whom a list of just now did not show. There is one verdict
   * for all who ask in the life of a client, until an SVM is deployed through it or one has gone since; and one refresh.
   */
  async verdict(isWanted: (vm: VirtualMachine) => boolean, signal?: AbortSignal): Promise<Verdict> {
    const { list } = this.#sources;
    if (this.#verdict?.deployments === list.deployments) {
      const { verdict } = this.#verdict;
      if ("why" in verdict || !verdict.svms.some(isWanted)) return verdict;
    }
    return this.#judging.result(signal);
  }

  /** What one look says of the connection: one look for everyone who asks at the same time. */
  reach(signal?: AbortSignal): Promise<Settlement> {
    return this.#reaching.result(signal);
  }

  #reach(signal: AbortSignal): Promise<Settlement> {
    const { clock } = this.#sources.pace;
    return this.#settle({ until: "connected", deadline: () => clock.now(), signal });
  }

  async #judge(signal: AbortSignal): Promise<Verdict> {
    const { deployments } = this.#sources.list;
    const verdict = await this.#lookThoroughly(signal);
    this.#verdict = { verdict, deployments };
    return verdict;
  }

  async #lookThoroughly(signal: AbortSignal): Promise<Verdict> {
    const { list, observation, pace } = this.#sources;
    const started = pace.clock.now();
    const deadline = () => started + this.patience;
    const connected = await this.#settle({ until: "connected", deadline, signal });
    if (connected !== "settled") return { why: connected };
    const earlier = (await this.#isReadAnew(signal)) ? [] : await list.read({ fresh: true, signal });
    if (!observation.isReadAnew) await sleep(pace.clock, 2 * this.period, signal);
    const settled = await this.#settle({ until: "settled", deadline, signal });
    if (settled !== "settled") return { why: settled };
    const svms = await list.read({ fresh: true, signal });
    return { svms: [...svms, ...earlier.filter(({ id }) => withId(svms, id) === undefined)] };
  }

  /**
   * Whether everything is read anew, or has been in the life of this client. A refresh connects anew, which would break off
   * what we have begun there: two lists with two looks of the server between are as good.
   */
  async #isReadAnew(signal: AbortSignal): Promise<boolean> {
    const { infrastructureId, infrastructures, observation, list } = this.#sources;
    if (list.isAtWork) return observation.isReadAnew;
    try {
      await infrastructures.readAnew(infrastructureId, { signal });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
    return observation.isReadAnew;
  }

  async #settledList(signal: AbortSignal): Promise<readonly VirtualMachine[]> {
    const { infrastructureId, list, names } = this.#sources;
    const settlement = await this.#settle({ until: "settled", signal });
    if (settlement === "down") throw new ConnectionDownError(infrastructureId, names.infrastructure(infrastructureId));
    return list.read({ fresh: true, signal });
  }

  #settle(options: SettlingOptions): Promise<Settlement> {
    const { infrastructureId, infrastructures, observation, pace } = this.#sources;
    return settle(infrastructureId, infrastructures, observation, pace, options);
  }
}
