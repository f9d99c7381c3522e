/** The SVMs of infrastructures, read once for everyone: many SVMs are refreshed with few requests. */
import { canonicalId } from "../ids";
import type { Infrastructures } from "../infrastructures/infrastructures";
import type { InfrastructureObjects, UnidentifiedObject, VirtualMachine } from "../infrastructures/objects";
import type { Clock } from "../waiting/clock";
import { SharedReading } from "../waiting/shared-work";
import type { SvmReadOptions } from "./svm";

/** Milliseconds for which a list is good enough. */
const LIFE = 5_000;

export class SvmLists {
  readonly #infrastructures = new Map<string, SvmList>();

  constructor(
    private readonly infrastructures: Pick<Infrastructures, "objects">,
    private readonly clock: Clock,
  ) {}

  /** The list of one infrastructure. */
  of(infrastructureId: string): SvmList {
    const list = this.#infrastructures.get(infrastructureId) ?? this.#newList(infrastructureId);
    this.#infrastructures.set(infrastructureId, list);
    return list;
  }

  #newList(infrastructureId: string): SvmList {
    return new SvmList(
      (signal) => this.infrastructures.objects(infrastructureId, { types: ["SVM"], detailed: true, signal }),
      this.clock,
    );
  }
}

/** All SVMs of one infrastructure with their network adapters. */
export class SvmList {
  readonly #reading: SharedReading<readonly VirtualMachine[]>;
  /** Ids of removed SVMs that the server may go on listing, since it looks at an infrastructure only now and then. */
  readonly #removed = new Set<string>();
  #unidentified: readonly UnidentifiedObject[] = [];
  #ids: ReadonlySet<string> = new Set();
  #deployments = 0;
  #operations = 0;

  constructor(list: (signal: AbortSignal) => Promise<InfrastructureObjects>, clock: Clock) {
    this.#reading = new SharedReading(async (signal) => this.#svmsOf(await list(signal)), LIFE, clock);
  }

  /** Machines that the last list has without an id. */
  get unidentified(): readonly UnidentifiedObject[] {
    return this.#unidentified;
  }

  /** The ids of all that the last list has. */
  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  async read({ fresh = false, signal }: SvmReadOptions = {}): Promise<readonly VirtualMachine[]> {
    return fresh ? this.#reading.fresh(signal) : this.#reading.recent(signal);
  }

  /** How many deployments have ended so far, in whichever way. */
  get deployments(): number {
    return this.#deployments;
  }

  /** True while the server changes SVMs because we have asked it to. */
  get isAtWork(): boolean {
    return this.#operations > 0;
  }

  /** To be told of every change to the infrastructure's SVMs. */
  forget(): void {
    this.#reading.forget();
  }

  /** To be told when work on the infrastructure's SVMs begins; returns what is to be told when it ends. */
  workBegins(): () => void {
    this.#operations += 1;
    return () => {
      this.#operations -= 1;
      this.forget();
    };
  }

  /** To be told of every removal: without that, an SVM could not be replaced by another one of its name. */
  removed(svmId: string): void {
    this.#removed.add(canonicalId(svmId));
    this.forget();
  }

  /** To be told of the end of every deployment, and of its SVM: some platforms give a free id to the next one who comes. */
  deployed(svmId: string | undefined): void {
    this.#deployments += 1;
    if (svmId !== undefined) this.#removed.delete(canonicalId(svmId));
    this.forget();
  }

  #svmsOf({ vms, unidentified }: InfrastructureObjects): readonly VirtualMachine[] {
    this.#unidentified = unidentified.filter(({ kind }) => kind === "virtual machine");
    const listed = new Set(vms.map(({ id }) => canonicalId(id)));
    for (const id of this.#removed) if (!listed.has(id)) this.#removed.delete(id);
    const svms = vms.filter(({ id }) => !this.#removed.has(canonicalId(id)));
    this.#ids = new Set(svms.map(({ id }) => canonicalId(id)));
    return svms;
  }
}
