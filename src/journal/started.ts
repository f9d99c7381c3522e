/** An object that was begun: what its entry says, and what is added to it. */
import { type Entry, type Facts, type Kind, type Left, type Standing, standingOf } from "./entry";
import { type Difference, differenceOf, type Fingerprint } from "./fingerprint";

/** What an entry needs of its journal. */
export interface EntryKeeper {
  /** What tells this process from all others. */
  readonly run: string;
  readonly now: () => number;
  readonly pathOf: (name: string) => string;
  readonly write: (name: string, entry: Entry) => void;
  /** Writes what an entry says that was answered. */
  readonly add: (name: string, entry: Entry) => void;
  /** Does what must not fail anything. */
  readonly attempt: (work: () => void) => void;
  readonly strike: (name: string, entry: Entry) => void;
  readonly give: (kind: Kind, id: string, facts: Facts | undefined) => void;
}

/** What the server has told of an object. */
export type Answer = Pick<Entry, "taskId" | "id" | "facts">;

export class Started {
  readonly #keeper: EntryKeeper;
  readonly #name: string;
  #entry: Entry;

  constructor(keeper: EntryKeeper, name: string, entry: Entry) {
    this.#keeper = keeper;
    this.#name = name;
    this.#entry = entry;
  }

  get entry(): Entry {
    return this.#entry;
  }

  /** The entry's file, for messages. */
  get file(): string {
    return this.#keeper.pathOf(this.#name);
  }

  get standing(): Standing {
    return standingOf(this.#entry, this.#keeper.now());
  }

  /**
   * How it was left, where the state has it as tainted: it is Terraform's to remove then, and nobody's to take over. Whoever applies is
   * not given the state of what create_before_destroy replaces; but whoever has planned before was.
   */
  get remains(): Left | undefined {
    const { left, isStored, plannedBy } = this.#entry;
    return isStored && (plannedBy === undefined || plannedBy === this.#keeper.run) ? left : undefined;
  }

  /** Milliseconds since its request left. */
  get age(): number {
    return this.#keeper.now() - this.#entry.begun;
  }

  /** Milliseconds for which an object that appears without an answer is still taken for this one. */
  get expiresIn(): number {
    return this.#entry.expires - this.#keeper.now();
  }

  get isExpired(): boolean {
    return this.expiresIn < 0;
  }

  /** How the settings differ from those that the object was made with. */
  differenceTo(fingerprint: Fingerprint): Difference {
    return differenceOf(this.#entry.fingerprint, fingerprint);
  }

  /** Adds what the server has answered. */
  note(answer: Answer): void {
    const { answered = this.#keeper.now() } = this.#entry;
    this.#entry = { ...this.#entry, ...answer, answered };
    const { kind, id, facts } = this.#entry;
    if (id !== undefined) this.#keeper.give(kind, id, facts);
    this.#keeper.attempt(() => this.#keeper.add(this.#name, this.#entry));
  }

  /**
   * The object of an earlier process is taken over by this one. The entry stays as it was, until Terraform is known to have
   * stored the object.
   */
  adopt(id: string): void {
    const { kind, id: known, facts } = this.#entry;
    if (known === id) this.#keeper.give(kind, id, facts);
    else this.note({ id });
  }

  /**
   * Its creation ends with an error and a state, so that Terraform has it as tainted. The entry stays when that is stored:
   * whoever makes its successor knows by it what holds the name.
   */
  leave(how: Left): void {
    this.#entry = { ...this.#entry, left: how };
    this.#keeper.attempt(() => this.#keeper.write(this.#name, this.#entry));
  }

  /** Nothing came of it, or it is not there any more. */
  end(): void {
    this.#keeper.attempt(() => this.#keeper.strike(this.#name, this.#entry));
  }
}
