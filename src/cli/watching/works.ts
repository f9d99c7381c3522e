/** All work of a run, as far as it is known. */
import { isEnd, type WorkEvent } from "../../notes";

export class Works {
  readonly #works = new Map<string, WorkEvent>();
  readonly #infrastructures = new Set<string>();

  /** Returns what is new, each work once, as it stands now. */
  learn(events: readonly WorkEvent[]): readonly WorkEvent[] {
    const latest = new Map(events.map((event) => [event.work, event]));
    for (const [work, event] of latest) {
      this.#works.set(work, event);
      if (event.svm !== null && event.infrastructure !== null) this.#infrastructures.add(event.infrastructure);
    }
    return [...latest.values()];
  }

  get all(): readonly WorkEvent[] {
    return [...this.#works.values()];
  }

  /** The longest under way first, then what waits. */
  get unfinished(): readonly WorkEvent[] {
    const waits = ({ state }: WorkEvent): number => (state === "waiting" ? 1 : 0);
    return this.all
      .filter(({ state }) => !isEnd(state))
      .sort((one, other) => waits(one) - waits(other) || one.began - other.began);
  }

  /** Whether SVMs are worked at in more than one infrastructure, where hypervisors may have the same names. */
  get isInSeveral(): boolean {
    return this.#infrastructures.size > 1;
  }

  /** Whether anything has ended otherwise than it should. */
  get hasFailed(): boolean {
    return this.all.some(({ state }) => state === "failed" || state === "interrupted");
  }
}
