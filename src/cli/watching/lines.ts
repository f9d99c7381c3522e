/** A run where there is no terminal, or where it belongs to another program: a line per step, and now and then a sign of life. */
import { isEnd, type WorkEvent } from "../../notes";
import { elapsed } from "../shared/elapsed";
import type { Display, Print } from "./display";
import { doing, endOf, nameOf, percentOf, stepOf, summaryOf, timeOf } from "./texts";
import { Works } from "./works";

/** Milliseconds without a line after which there is one. */
const HEARTBEAT = 30_000;
/** Of what is under way, so much is named in a sign of life. */
const MOST_NAMED = 10;

export interface LinesOptions {
  readonly print: Print;
  /** What every line begins with, so that they are told from another program's. */
  readonly prefix?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export class Lines implements Display {
  readonly #print: Print;
  readonly #prefix: string;
  readonly #began: number;
  readonly #works = new Works();
  /** What each work's last line was about. */
  readonly #told = new Map<string, string>();
  #lastLine: number;
  #hasShown = false;

  constructor({ print, prefix = "", now }: LinesOptions) {
    this.#print = print;
    this.#prefix = prefix;
    this.#began = now;
    this.#lastLine = now;
  }

  show(news: readonly WorkEvent[], now: number): void {
    const latest = this.#works.learn(news);
    // Of what was noted before anybody looked, people need to know where it stands; then every step.
    if (this.#hasShown) for (const event of news) this.#tell(event, now, Date.parse(event.time));
    else for (const work of latest) this.#tell(work, now, now);
    this.#hasShown = true;
    if (now - this.#lastLine >= HEARTBEAT) this.#beat(now);
  }

  say(sentence: string): void {
    this.#print(`${this.#prefix}${sentence}\n`);
  }

  /** Percents alone are no line. @param at when it was so */
  #tell(work: WorkEvent, now: number, at: number): void {
    const text = isEnd(work.state) ? endOf(work) : `${doing(work)}: ${stepOf(work)}`;
    if (this.#told.get(work.work) === text) return;
    this.#told.set(work.work, text);
    this.#line(`${nameOf(work, this.#works)}: ${text} (${timeOf(work, at)})`, now);
  }

  #beat(now: number): void {
    const { unfinished, all } = this.#works;
    const since = elapsed(now - this.#began);
    if (unfinished.length === 0) {
      this.#line(all.length === 0 ? `no task so far (${since})` : `no task at work; ${summaryOf(all)} (${since})`, now);
      return;
    }
    this.#line(`still at work: ${summaryOf(all)} (${since})`, now);
    for (const work of unfinished.slice(0, MOST_NAMED)) {
      const where = [stepOf(work), percentOf(work)].filter((text) => text !== "").join(" ");
      this.#line(`  ${nameOf(work, this.#works)}: ${doing(work)}: ${where} (${timeOf(work, now)})`, now);
    }
    const others = unfinished.length - MOST_NAMED;
    if (others > 0) this.#line(`  and ${others} more`, now);
  }

  #line(text: string, now: number): void {
    this.#lastLine = now;
    this.say(text);
  }
}
