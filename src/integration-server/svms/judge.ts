/**
 * The one judge of what SVMs there are. Everybody who has to know whether an SVM exists asks here, since a list alone does
 * not tell: it lags behind, ids are given again, machines move and are renamed.
 */
import type { CallOptions } from "../http/call";
import { isNotFound } from "../http/failure";
import { isSameId } from "../ids";
import type { Infrastructures } from "../infrastructures/infrastructures";
import type { Names } from "../infrastructures/names";
import type { UnidentifiedObject, VirtualMachine } from "../infrastructures/objects";
import type { Observations } from "../infrastructures/observation";
import type { Tasks } from "../tasks/tasks";
import { sleep } from "../waiting/clock";
import { type Pace, pollUntil } from "../waiting/poll";
import { SharedReading } from "../waiting/shared-work";
import { SvmUnidentifiedError } from "./errors";
import { Evidence } from "./evidence";
import type { Finding, KnownSvm, NamedPlace, Outcome } from "./finding";
import { isNamed, withId } from "./listed";
import type { SvmList, SvmLists } from "./lists";
import { afterRemoval } from "./removal-sent";
import { lookAtSubtask } from "./subtask";
import type { SvmLocation, SvmReadOptions, SvmTaskState } from "./svm";
import { SvmPlaces } from "./svm-places";

export interface NamesakeOptions extends CallOptions {
  /** An earlier request may have taken the name without any list showing that yet. @default false */
  readonly thoroughly?: boolean | undefined;
}

export interface AppearanceOptions extends CallOptions {
  /** How long to look, in milliseconds. @default as long as a server takes to notice what is new */
  readonly limit?: number | undefined;
}

export interface JudgeOptions {
  readonly infrastructures: Pick<Infrastructures, "get" | "readAnew" | "objects">;
  readonly names: Names;
  readonly observations: Observations;
  readonly lists: SvmLists;
  readonly tasks: Pick<Tasks, "get" | "wait">;
  readonly pace: Pace;
}

/** A server shows a new SVM sooner or later; after this long it would have. In milliseconds. */
const NEW = 600_000;

export class Judge {
  /** Where SVMs are. */
  readonly places: SvmPlaces;
  readonly #options: JudgeOptions;
  readonly #infrastructures = new Map<string, Evidence>();
  readonly #firstLists = new Map<string, SharedReading<readonly VirtualMachine[]>>();

  constructor(options: JudgeOptions) {
    const { infrastructures, names, pace } = options;
    this.#options = options;
    this.places = new SvmPlaces({ infrastructures, names, clock: pace.clock });
  }

  /**
   * The SVM that has a name in a place already, if there is one. Whoever asks when a batch is complete pays one list for
   * all of it. A list may still show what has gone, so a namesake counts only if it is listed a period later, too.
   *
   * @throws ConnectionDownError, and SvmUnidentifiedError where one may be there
   */
  async namesake(
    place: NamedPlace,
    { thoroughly = false, signal }: NamesakeOptions = {},
  ): Promise<VirtualMachine | undefined> {
    const evidence = this.#evidence(place.infrastructureId);
    if (thoroughly) await evidence.verdict(() => true, signal);
    const [first] = await this.places.namesakes(place, await evidence.settled(signal), signal);
    if (first === undefined) {
      if (this.#unidentified(place, (object) => mayBeIn(place, object)) === undefined) return undefined;
      throw new SvmUnidentifiedError(place.name, this.#options.names.place(place));
    }
    const [namesake] = await this.places.namesakes(place, await evidence.later(signal), signal);
    return namesake;
  }

  /**
   * Whether an SVM that is known is there, and if it is not listed, what that means. One whose removal was sent is there only
   * when that has ended, or nothing is expected of it any more, and the infrastructure was read anew since.
   */
  async find(known: KnownSvm, options: SvmReadOptions = {}): Promise<Finding> {
    const { removal, deployedBy: _, ...svm } = known;
    if (removal === undefined) return this.#findUndoubted(known, options);
    // Only what was listed is removed, so whatever deployed it has ended.
    const { tasks, pace } = this.#options;
    return afterRemoval(known, removal, {
      find: (signal) => this.#findUndoubted(svm, { fresh: true, signal }),
      listed: (signal) => this.listed(svm, { fresh: true, signal }),
      list: this.#list(known),
      evidence: this.#evidence(known.infrastructureId),
      tasks,
      pace,
      signal: options.signal,
    });
  }

  async #findUndoubted(known: KnownSvm, { fresh, signal }: SvmReadOptions): Promise<Finding> {
    const deployment = await this.#deploymentOf(known, signal);
    if (deployment?.state === "running") return { is: "being deployed", deployment };
    const byTask = await this.#find({ ...known, id: deployment?.svmId ?? known.id }, { fresh, signal });
    // A task may name a machine that is not ours.
    const isMisled = byTask.is === "another" && deployment?.svmId !== undefined;
    const found = isMisled ? await this.#find({ ...known, id: null }, { fresh, signal }) : byTask;
    const isNew = deployment?.state === "completed" && (deployment.inStateFor ?? NEW) < NEW;
    return { ...(found.is === "gone" && isNew ? ({ is: "uncertain", why: "new" } as const) : found), deployment };
  }

  /** What one list says of an SVM: undefined, which proves nothing, when it does not show it. */
  async listed(known: KnownSvm, options: SvmReadOptions = {}): Promise<Outcome | undefined> {
    const svms = await this.#listOf(known, options);
    return svms === undefined ? { is: "uncertain", why: "missing" } : this.#recognize(known, svms, options.signal);
  }

  /** Whether the SVMs of an infrastructure are out of reach, since its connection is gone or has ended with an error. */
  async outOfReach(infrastructureId: string, { signal }: CallOptions = {}): Promise<"missing" | "down" | undefined> {
    const reach = await this.#evidence(infrastructureId).reach(signal);
    return reach === "missing" || reach === "down" ? reach : undefined;
  }

  /** An SVM of which nothing but its id is known. */
  async identify(infrastructureId: string, svmId: string, signal?: AbortSignal): Promise<Outcome> {
    const isIt = ({ id }: VirtualMachine) => isSameId(id, svmId);
    const recognize = async (svms: readonly VirtualMachine[]): Promise<Outcome | undefined> => {
      const vm = withId(svms, svmId);
      return vm ? { is: vm.isSvm ? "there" : "another", vm } : this.#unidentified({ infrastructureId }, () => true);
    };
    const found = await this.#search({ infrastructureId }, isIt, recognize, { signal });
    return found ?? { is: "gone", namesake: undefined };
  }

  /** As `find`, but waits for a new SVM to be listed, as long as it is worth it. */
  async await(known: KnownSvm, options: SvmReadOptions = {}): Promise<Finding> {
    const { clock } = this.#options.pace;
    const evidence = this.#evidence(known.infrastructureId);
    const end = clock.now() + evidence.patience;
    for (
      let finding = await this.find(known, options);
      ;
      finding = await this.find(known, { ...options, fresh: true })
    ) {
      if (finding.is !== "uncertain" || finding.why !== "new" || clock.now() >= end) return finding;
      await sleep(clock, evidence.period, options.signal);
    }
  }

  /** Looks for an SVM of that name in that place until it is listed, or the limit is reached. */
  async appearance(place: NamedPlace, { limit, signal }: AppearanceOptions = {}): Promise<VirtualMachine | undefined> {
    const { pace } = this.#options;
    const end = pace.clock.now() + (limit ?? this.#evidence(place.infrastructureId).patience);
    return pollUntil({
      look: async () =>
        (await this.places.namesakes(place, await this.#list(place).read({ fresh: true, signal }), signal))[0],
      done: (vm) => vm !== undefined || pace.clock.now() >= end,
      pace,
      signal,
    });
  }

  /** The other SVMs of its name in its place, as far as a list of just now shows them. */
  async namesakesOf(svm: KnownSvm, signal?: AbortSignal): Promise<readonly VirtualMachine[]> {
    const namesakes = await this.places.namesakes(svm, await this.#list(svm).read({ signal }), signal);
    return namesakes.filter(({ id }) => !isSameId(id, svm.id));
  }

  /**
   * The same for whoever only plans to deploy: what the first list of a client does not show is believed, so that however many
   * deployments are planned one after the other, that list is all.
   */
  async namesakesForPlan(place: NamedPlace, signal?: AbortSignal): Promise<readonly VirtualMachine[]> {
    const list = this.#list(place);
    const first =
      this.#firstLists.get(place.infrastructureId) ??
      new SharedReading((signal) => list.read({ signal }), Number.POSITIVE_INFINITY, this.#options.pace.clock);
    this.#firstLists.set(place.infrastructureId, first);
    const isTaken = (await first.recent(signal)).some((vm) => isNamed(vm, place.name));
    return isTaken ? this.namesakesOf({ ...place, id: null }, signal) : [];
  }

  /** True when everything that a connection shows was read anew for this client: its ids may be others than before. */
  isReadAnew(infrastructureId: string): boolean {
    return this.#options.observations.of(infrastructureId).isReadAnew;
  }

  async #deploymentOf(known: KnownSvm, signal: AbortSignal | undefined): Promise<SvmTaskState | undefined> {
    if (known.deployedBy === undefined) return undefined;
    const deployment = await lookAtSubtask(this.#options.tasks, known.deployedBy, known, signal);
    // A refresh must not break off what an earlier run has begun. It goes on after this process, for all we know.
    if (deployment?.state === "running") this.#list(known).workBegins();
    return deployment;
  }

  async #find(known: KnownSvm, options: SvmReadOptions): Promise<Outcome> {
    const isWanted = (vm: VirtualMachine) => (known.id === null ? isNamed(vm, known.name) : isSameId(vm.id, known.id));
    const recognize = (svms: readonly VirtualMachine[]) => this.#recognize(known, svms, options.signal);
    const found = await this.#search(known, isWanted, recognize, options);
    if (found !== undefined) return found;
    const [namesake] = await this.places.namesakes(known, await this.#list(known).read(options), options.signal);
    return { is: "gone", namesake };
  }

  /** What a list of just now says or, where that shows nothing, one that proves what it does not show; else undefined. */
  async #search(
    { infrastructureId }: Pick<SvmLocation, "infrastructureId">,
    isWanted: (vm: VirtualMachine) => boolean,
    recognize: (svms: readonly VirtualMachine[]) => Promise<Outcome | undefined>,
    options: SvmReadOptions,
  ): Promise<Outcome | undefined> {
    const svms = await this.#listOf({ infrastructureId }, options);
    if (svms === undefined) return { is: "uncertain", why: "missing" };
    const listed = await recognize(svms);
    if (listed !== undefined) return listed;
    const verdict = await this.#evidence(infrastructureId).verdict(isWanted, options.signal);
    return "why" in verdict ? { is: "uncertain", why: verdict.why } : recognize(verdict.svms);
  }

  /** Undefined where there is no such infrastructure. */
  async #listOf(
    place: Pick<SvmLocation, "infrastructureId">,
    options: SvmReadOptions,
  ): Promise<readonly VirtualMachine[] | undefined> {
    try {
      return await this.#list(place).read(options);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** What a list says of an SVM; undefined when it does not have it. */
  async #recognize(
    known: KnownSvm,
    svms: readonly VirtualMachine[],
    signal: AbortSignal | undefined,
  ): Promise<Outcome | undefined> {
    if (known.id === null) {
      const [vm, ...others] = await this.places.namesakes(known, svms, signal);
      if (vm === undefined) return this.#unidentified(known, (object) => mayBeIn(known, object));
      return others.length === 0 ? { is: "there", vm } : { is: "uncertain", why: "ambiguous" };
    }
    const vm = withId(svms, known.id);
    if (vm === undefined) return this.#unidentified(known, (object) => mayBeNamed(object, known.name));
    return { is: (await this.#isOurs(vm, known, signal)) ? "there" : "another", vm };
  }

  /** What a list without an SVM says of it when it has machines without an id, as long as one of them may be it. */
  #unidentified(
    { infrastructureId }: Pick<SvmLocation, "infrastructureId">,
    mayBeIt: (object: UnidentifiedObject) => boolean,
  ): Outcome | undefined {
    const isUncertain = this.#list({ infrastructureId }).unidentified.some(mayBeIt);
    return isUncertain ? { is: "uncertain", why: "unidentified" } : undefined;
  }

  /** Machines move and are renamed, and some platforms give an id again: when name and place differ, it is another one. */
  async #isOurs(vm: VirtualMachine, known: KnownSvm, signal: AbortSignal | undefined): Promise<boolean> {
    if (!vm.isSvm) return false;
    if (isNamed(vm, known.name) || vm.parentId === undefined || isSameId(vm.parentId, known.runningOn)) return true;
    return (await this.places.inPlace(known, [vm], signal)).length > 0;
  }

  #list({ infrastructureId }: Pick<SvmLocation, "infrastructureId">): SvmList {
    return this.#options.lists.of(infrastructureId);
  }

  #evidence(infrastructureId: string): Evidence {
    const { infrastructures, names, observations, lists, pace } = this.#options;
    const observation = observations.of(infrastructureId);
    const list = lists.of(infrastructureId);
    const evidence =
      this.#infrastructures.get(infrastructureId) ??
      new Evidence({ infrastructureId, infrastructures, names, observation, list, pace });
    this.#infrastructures.set(infrastructureId, evidence);
    return evidence;
  }
}

function mayBeNamed({ name }: UnidentifiedObject, wanted: string): boolean {
  return name === undefined || isNamed({ name }, wanted);
}

/** In OpenStack, what an SVM is in may be shown as the hypervisor that it runs on. */
function mayBeIn({ name, type, locationId }: NamedPlace, object: UnidentifiedObject): boolean {
  const isElsewhere = type === "host" && object.parent !== undefined && !isSameId(object.parent, locationId);
  return !isElsewhere && mayBeNamed(object, name);
}
