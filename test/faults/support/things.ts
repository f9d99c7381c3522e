/** What there is on a server of what is made once and must not be lost, and who knows of it. */
import type { Entry } from "../../../src/journal";
import type { Simulator } from "../../../src/simulator";

export interface Thing {
  readonly kind: "SVM" | "connection" | "reserve server";
  readonly id: string;
  readonly name: string;
  /** Where its name is the only one of its kind. */
  readonly place: string;
}

/** An object in a state. */
export interface Known {
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Where somebody may find out that something is there. */
export interface Knowledge {
  readonly state: readonly Known[];
  readonly entries: readonly Entry[];
  readonly messages: readonly string[];
}

const KINDS = { SVM: "svm", connection: "infrastructure", "reserve server": "reserve-server" } as const;
const TYPES = {
  SVM: "ksvla_svm",
  connection: "ksvla_infrastructure",
  "reserve server": "ksvla_reserve_server",
} as const;

export class Things {
  /** What was there before, or is none of ours. */
  readonly #others = new Set<string>();

  constructor(private readonly simulator: Simulator) {
    this.leaveOut();
  }

  /** What there is now, and no state has, is not counted. */
  leaveOut(state: readonly Known[] = []): void {
    for (const thing of this.#all()) if (!isInState(thing, state)) this.#others.add(thing.id);
  }

  get made(): readonly Thing[] {
    return this.#all().filter(({ id }) => !this.#others.has(id));
  }

  /** What is there twice. */
  twins(): string[] {
    const { made } = this;
    const isSame = (one: Thing, other: Thing) => keyOf(one) === keyOf(other);
    return made
      .filter((thing, index) => made.findIndex((other) => isSame(thing, other)) < index)
      .map((thing) => `twice: ${describe(thing)}`);
  }

  /** What is there, and nobody knows. */
  lost({ state, entries, messages }: Knowledge): string[] {
    return this.made
      .filter((thing) => !isInState(thing, state) && !isInJournal(thing, entries) && !isNamed(thing, messages))
      .map((thing) => `lost: ${describe(thing)}`);
  }

  #all(): Thing[] {
    const { infrastructures, svms, cluster } = this.simulator.world;
    const found = svms.all.map(
      ({ platform, vm }): Thing => ({
        kind: "SVM",
        id: vm.id,
        name: vm.name.normalize("NFC"),
        place: `${platform.host} ${vm.parentId}`,
      }),
    );
    const connections = [...infrastructures].map(
      ([id, { address, type }]): Thing => ({ kind: "connection", id, name: address, place: type }),
    );
    const reserves = [...cluster.instances.values()].map(
      ({ id, address }): Thing => ({ kind: "reserve server", id, name: address, place: "" }),
    );
    return [...found, ...connections, ...reserves];
  }
}

export const describe = ({ kind, name, id }: Thing): string => `${kind} ${name} (${id})`;

/** By its id; what has none yet is known by its task, so that its name has to do. */
export function isInState({ kind, id, name }: Thing, state: readonly Known[]): boolean {
  return state.some(
    ({ type, values }) =>
      type === TYPES[kind] && (values["id"] === id || (values["id"] === null && values["name"] === name)),
  );
}

function isInJournal({ kind, id, name }: Thing, entries: readonly Entry[]): boolean {
  return entries.some(
    (entry) =>
      entry.kind === KINDS[kind] && (entry.id === undefined ? entry.name.includes(name) : entry.id.endsWith(id)),
  );
}

function isNamed({ id, name }: Thing, messages: readonly string[]): boolean {
  return messages.some((text) => text.includes(id) || text.includes(name));
}

const keyOf = ({ kind, place, name }: Thing) => JSON.stringify([kind, place, name]);
