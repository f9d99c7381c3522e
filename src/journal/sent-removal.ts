/** A removal that was sent: what its note says, and what is added to it. */
import type { Removal } from "./removal";

/** What a note needs of its journal. */
export interface NoteKeeper {
  readonly now: () => number;
  readonly pathOf: (name: string) => string;
  readonly write: (name: string, removal: Removal) => void;
  /** Writes what a note says that was answered. */
  readonly add: (name: string, removal: Removal) => void;
  /** Does what must not fail anything. */
  readonly attempt: (work: () => void) => void;
  readonly strike: (name: string, removal: Removal) => void;
}

export class SentRemoval {
  readonly #keeper: NoteKeeper;
  readonly #name: string;
  #removal: Removal;

  constructor(keeper: NoteKeeper, name: string, removal: Removal) {
    this.#keeper = keeper;
    this.#name = name;
    this.#removal = removal;
  }

  get removal(): Removal {
    return this.#removal;
  }

  /** The note's file, for messages. */
  get file(): string {
    return this.#keeper.pathOf(this.#name);
  }

  /** Milliseconds since its request left. */
  get age(): number {
    return this.#keeper.now() - this.#removal.begun;
  }

  /** Milliseconds in which it may still take effect although nobody has answered; 0 when that is not expected any more. */
  get showsIn(): number {
    return Math.max(0, this.#removal.expires - this.#keeper.now());
  }

  /** Adds the task that the server has made of it. */
  note(taskId: string): void {
    this.#removal = { ...this.#removal, taskId };
    this.#keeper.attempt(() => this.#keeper.add(this.#name, this.#removal));
  }

  /** Nothing has come of it, or will: what shows the object is right. */
  end(): void {
    this.#keeper.attempt(() => this.#keeper.strike(this.#name, this.#removal));
  }
}
