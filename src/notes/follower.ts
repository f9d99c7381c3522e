/** Follows the notes of a run, whichever processes write them. */
import { FollowedFile, type WorkEvent } from "./followed-file";

/** Who watches when nothing runs is told of a run that has ended not longer ago than this, in milliseconds. */
const RECENT = 60 * 60 * 1000;
/** Processes of one run, such as those of a CDKTF app's stacks, may leave such a pause between them. */
const PAUSE = 60 * 1000;

export class Follower {
  readonly #files: () => readonly string[];
  readonly #now: () => number;
  readonly #followed = new Map<string, FollowedFile>();
  /** Those of earlier runs. */
  readonly #ignored = new Set<string>();
  #hasLooked = false;

  /**
   * @param files where there may be notes
   * @param now milliseconds since 1970
   */
  constructor(files: () => readonly string[], now: () => number) {
    this.#files = files;
    this.#now = now;
  }

  /** Whether the run goes on, as of the last look. */
  get isAlive(): boolean {
    return this.#all.some(({ isAlive }) => isAlive);
  }

  /** Whether the run has done anything. */
  get hasWork(): boolean {
    return this.#all.some(({ hasWork }) => hasWork);
  }

  /** What is new, in its order. The first look tells all of the run that goes on, else of the last one. */
  look(): readonly WorkEvent[] {
    for (const path of this.#files()) {
      if (!this.#ignored.has(path) && !this.#followed.has(path)) this.#followed.set(path, new FollowedFile(path));
    }
    const looks = [...this.#followed].map(([path, file]) => ({ path, events: file.look(this.#now()) }));
    if (!this.#hasLooked) this.#choose();
    this.#hasLooked = true;
    return looks
      .filter(({ path }) => this.#followed.has(path))
      .flatMap(({ events }) => events)
      .sort((one, other) => Date.parse(one.time) - Date.parse(other.time));
  }

  get #all(): readonly FollowedFile[] {
    return [...this.#followed.values()];
  }

  #choose(): void {
    const chosen = new Set(this.isAlive ? this.#all.filter(({ isAlive }) => isAlive) : this.#lastRun());
    for (const [path, file] of this.#followed) {
      if (chosen.has(file) || !file.isBegun) continue;
      this.#followed.delete(path);
      this.#ignored.add(path);
    }
  }

  /** From the last backwards, until there is a pause, or a run before it: who applies again asks for no earlier failures. */
  #lastRun(): readonly FollowedFile[] {
    const run: FollowedFile[] = [];
    let earliestEnd = this.#now() - RECENT;
    const latestFirst = this.#all
      .filter(({ hasWork }) => hasWork)
      .sort((one, other) => other.period.end - one.period.end);
    for (const file of latestFirst) {
      if (file.period.end < earliestEnd || run.some((later) => file.isOfAnotherRunThan(later))) break;
      run.push(file);
      earliestEnd = Math.min(...run.map(({ period }) => period.start)) - PAUSE;
    }
    return run;
  }
}
