/**
 * How long tasks take, as this process has seen: who waits for the next one of a kind looks when that is likely to have
 * ended, instead of up to a whole pause later.
 */
import type { Expectation } from "../waiting/poll";
import { isFinished, type Task } from "./task";

/** What ends later than the first of a group by more than this share of what that took is in a group of its own. */
const APART = 0.05;
/** How much later than expected to look, as a share of what it takes, and at least so many milliseconds. */
const MARGIN = { share: 0.005, least: 20 };
/** Where it has not ended then, the first pause until it has, in the same way. */
const AGAIN = { share: 0.02, least: 100 };

/** Parts of a task that have ended at about the same time: in milliseconds since it was made, by the server's clock. */
interface Group {
  readonly first: number;
  readonly last: number;
}

export class TaskDurations {
  /** By kind, of the task of which a part has ended last. */
  readonly #latest = new Map<string, readonly Group[]>();

  /**
   * Watches a task that was made just now.
   *
   * @param kind the same for tasks that take about as long
   * @param made on the clock
   */
  watch(kind: string, made: number): TaskWatch {
    return new TaskWatch(this.#latest, kind, made);
  }
}

export class TaskWatch {
  readonly #latest: Map<string, readonly Group[]>;
  readonly #kind: string;
  readonly #made: number;
  readonly #own: Group[] = [];
  /** What another one of its kind has taken. */
  #earlier: readonly Group[] | undefined;
  #finished = 0;
  /** Milliseconds since it was made. */
  #lastLook = 0;

  constructor(latest: Map<string, readonly Group[]>, kind: string, made: number) {
    this.#latest = latest;
    this.#kind = kind;
    this.#made = made;
  }

  /** To be told of every look. */
  see(root: Task, now: number): void {
    const [before, sinceMade] = [this.#lastLook, now - this.#made];
    this.#lastLook = sinceMade;
    // Whoever waits for a part does not wait for the whole.
    const finished = (root.children.length > 0 ? root.children : [root]).filter(isFinished);
    if (finished.length === this.#finished) return;
    this.#finished = finished.length;
    const { age } = root;
    const ends = finished.flatMap(({ inStateFor }) =>
      age === undefined || inStateFor === undefined ? [] : [age - inStateFor],
    );
    // Some servers tell times in whole seconds.
    if (ends.length > 0) this.#learn(Math.min(Math.max(before, ...ends), sinceMade));
  }

  /** When a look is likely to show that more of it has ended. */
  expected(now: number): Expectation | undefined {
    const latest = this.#latest.get(this.#kind);
    if (latest !== this.#own) this.#earlier = latest;
    const sinceMade = now - this.#made;
    const look = this.#earlier?.map(({ last }) => last + portion(last, MARGIN)).find((each) => each > sinceMade);
    return look === undefined ? undefined : { after: Math.ceil(look - sinceMade), pause: portion(look, AGAIN) };
  }

  #learn(last: number): void {
    const group = this.#own.at(-1);
    if (group === undefined || last > group.first * (1 + APART)) this.#own.push({ first: last, last });
    else this.#own.splice(-1, 1, { ...group, last });
    this.#latest.set(this.#kind, this.#own);
  }
}

function portion(whole: number, { share, least }: { readonly share: number; readonly least: number }): number {
  return Math.max(least, whole * share);
}
