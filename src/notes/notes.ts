/**
 * Notes of what this process is doing, for whoever watches. They are made of what it learns anyway: nobody is asked for
 * them. Whatever goes wrong with them goes wrong silently: no work fails or waits because of them.
 */
import type { Note, Subject, WorkState } from "./note";

export interface NotesOptions {
  /** Adds text to the notes. What it throws ends them. */
  readonly append: (text: string) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Takes what is secret out of texts that come from elsewhere. */
  readonly redact: (text: string) => string;
}

/** What is undefined is not known now, and stays as it was. */
interface News {
  readonly infrastructure?: string | undefined;
  readonly placeName?: string | undefined;
  readonly infrastructureName?: string | undefined;
  readonly task?: string | undefined;
  readonly step?: string | undefined;
  readonly progress?: number | undefined;
}

/** So many lines of one piece of work are enough for every step and percent; a server that says more is heard at the end only. */
const MOST_LINES = 300;
/** Characters of a text in the server's words. */
const LONGEST_STEP = 200;
const LONGEST_MESSAGE = 2_000;

export class Notes {
  readonly #options: NotesOptions | undefined;
  #count = 0;
  #pending = "";
  #isBroken = false;

  /** @param options without them, nothing is noted */
  constructor(options?: NotesOptions) {
    this.#options = options;
  }

  /** Something begins that takes its time. */
  begin(subject: Subject): Work {
    this.#count += 1;
    const work = this.#count;
    const add = (news: Omit<Note, "work" | "time">): void => this.#add({ work, time: this.#time(), ...news });
    const redact = (text: string): string => this.#options?.redact(text) ?? text;
    add({ ...subject, state: "waiting" });
    return new Work(add, redact);
  }

  #time(): string {
    return new Date(this.#options?.now() ?? 0).toISOString();
  }

  /** What comes at about the same time, such as news of many SVMs from one look at their task, is written at once. */
  #add(note: Note): void {
    if (this.#options === undefined || this.#isBroken) return;
    if (this.#pending === "") setImmediate(() => this.#flush());
    this.#pending += `${JSON.stringify(note)}\n`;
  }

  #flush(): void {
    try {
      this.#options?.append(this.#pending);
    } catch {
      this.#isBroken = true;
    }
    this.#pending = "";
  }
}

/** A piece of work under way. */
export class Work {
  readonly #add: (news: Omit<Note, "work" | "time">) => void;
  readonly #redact: (text: string) => string;
  readonly #known = new Map<string, unknown>();
  #lines = 1;
  #hasEnded = false;
  #awaits = false;

  constructor(add: (news: Omit<Note, "work" | "time">) => void, redact: (text: string) => string) {
    this.#add = add;
    this.#redact = redact;
  }

  /** It is under way, and this is known of it. Only what has changed is noted. */
  learn({ step, ...others }: News): void {
    // What was waited for is over.
    const known = step === undefined && this.#awaits ? null : step;
    this.#awaits = false;
    this.#note({ state: "running", ...others, step: known && this.#text(known, LONGEST_STEP) });
  }

  /** It waits, and it is no task of the server that it waits for. @param what for people, with how long at most */
  waitFor(what: string): void {
    this.#awaits = true;
    this.#note({ step: this.#text(what, LONGEST_STEP) });
  }

  #note(news: Readonly<Record<string, unknown>>): void {
    if (this.#hasEnded || this.#lines >= MOST_LINES) return;
    const changed = Object.entries(news).filter(
      ([name, value]) => value !== undefined && this.#known.get(name) !== value,
    );
    if (changed.length === 0) return;
    for (const [name, value] of changed) this.#known.set(name, value);
    this.#lines += 1;
    this.#add(Object.fromEntries(changed));
  }

  /** @param message what there is now */
  completed(message?: string): void {
    this.#end("completed", message);
  }

  /** @param message what went wrong, in the server's words */
  failed(message: string): void {
    this.#end("failed", message);
  }

  /** @param message why nobody waits for the end any more */
  interrupted(message: string): void {
    this.#end("interrupted", message);
  }

  #end(state: WorkState, message: string | undefined): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#add({ state, ...(message !== undefined && { message: this.#text(message, LONGEST_MESSAGE) }) });
  }

  #text(text: string, longest: number): string {
    const clean = this.#redact(text).trim();
    return clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean;
  }
}
