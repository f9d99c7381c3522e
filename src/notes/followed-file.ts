/** The notes of one plugin process, as they grow. */
import { dirname } from "node:path";
import { type Heading, isEnd, type Note, type Progress, type Subject } from "./note";
import { isAlive } from "./process-identity";
import { readNotes } from "./read";

/** Where a piece of work stands at some time. */
export interface WorkEvent extends Subject, Progress {
  /** ISO 8601. */
  readonly time: string;
  /** The same for all events of one piece of work, and for no others. */
  readonly work: string;
  /** When it began, in milliseconds since 1970. */
  readonly began: number;
}

const UNKNOWN: Progress = { task: null, step: null, progress: null, state: "waiting" };

export class FollowedFile {
  readonly #path: string;
  readonly #works = new Map<number, WorkEvent>();
  #heading: Heading | undefined;
  #end = 0;
  #isPluginAlive = true;
  #isAlive = true;
  #lastTime = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Whether the plugin or the Terraform that has started it runs, as of the last look. */
  get isAlive(): boolean {
    return this.#heading !== undefined && this.#isAlive;
  }

  get hasWork(): boolean {
    return this.#works.size > 0;
  }

  /** False as long as not even the first line is there. */
  get isBegun(): boolean {
    return this.#heading !== undefined;
  }

  /** From the first line to the last, in milliseconds since 1970. */
  get period(): { readonly start: number; readonly end: number } {
    return { start: Date.parse(this.#heading?.time ?? "") || 0, end: this.#lastTime };
  }

  /** Whether they are of two runs for sure: of two Terraforms, one after the other, at the same state. */
  isOfAnotherRunThan(other: FollowedFile): boolean {
    const [one, two] = [this.#heading, other.#heading];
    if (one === undefined || two === undefined) return false;
    const isSameState = this.#folder === other.#folder && one.stack === two.stack && one.workspace === two.workspace;
    const isSameTerraform =
      one.terraform.pid === two.terraform.pid && one.terraform.startedAt === two.terraform.startedAt;
    return isSameState && !isSameTerraform;
  }

  get #folder(): string {
    return dirname(this.#path);
  }

  /**
   * What is new.
   *
   * @param now milliseconds since 1970
   */
  look(now: number): readonly WorkEvent[] {
    const isNew = this.#heading === undefined;
    this.#heading ??= readNotes(this.#path).heading;
    if (this.#heading === undefined) return [];
    const wasAlive = this.#isPluginAlive;
    // Before the rest is read, which then has all that a process that has ended has noted.
    this.#lookAtProcesses(this.#heading);
    const { notes, end } = readNotes(this.#path, this.#end);
    this.#end = end;
    const events = notes.flatMap((note) => this.#learn(note));
    return wasAlive && !this.#isPluginAlive ? [...events, ...this.#left(isNew ? this.#lastTime : now)] : events;
  }

  #lookAtProcesses({ plugin, terraform }: Heading): void {
    if (!this.#isAlive) return;
    this.#isPluginAlive &&= isAlive(plugin);
    this.#isAlive = this.#isPluginAlive || isAlive(terraform);
  }

  #learn({ work, ...news }: Note): readonly WorkEvent[] {
    const time = Date.parse(news.time);
    this.#lastTime = Math.max(this.#lastTime, time);
    const known = this.#works.get(work);
    const { operation = known?.operation } = news;
    if (operation === undefined) return [];
    const none = { infrastructure: null, svm: null, place: null, ...UNKNOWN };
    const event = { ...none, ...known, ...news, operation, work: `${this.#path} ${work}`, began: known?.began ?? time };
    this.#works.set(work, event);
    return [event];
  }

  /** What the process was at when it ended: just now, or after its last word if nobody saw that. */
  #left(at: number): readonly WorkEvent[] {
    const left = [...this.#works].filter(([, { state }]) => !isEnd(state));
    return left.map(([work, event]) => {
      const time = new Date(at).toISOString();
      const interrupted: WorkEvent = { ...event, time, state: "interrupted", message: NOBODY_WAITS };
      this.#works.set(work, interrupted);
      return interrupted;
    });
  }
}

const NOBODY_WAITS =
  "The plugin ended before this did. What was begun may go on on the Integration Server; the next run looks for it.";
