/** A run at a terminal: what has ended scrolls up, and what is under way stays below it, redrawn in place. */
import { isEnd, type WorkEvent } from "../../notes";
import type { Colours } from "../shared/colours";
import { elapsed } from "../shared/elapsed";
import { cut, padded, widthOf, wrap } from "../shared/layout";
import type { Display, Print } from "./display";
import { briefNameOf, doing, endOf, nameOf, percentOf, stepOf, summaryOf, timeOf } from "./texts";
import { Works } from "./works";

export interface Terminal {
  readonly print: Print;
  /** Its columns and rows, as they are now. */
  readonly size: () => { readonly columns: number; readonly rows: number };
  readonly colours: Colours;
}

/** Below so many columns, the step has a line of its own. */
const WIDE = 80;
const PERCENT = 6;
const TIME = 7;
/** Of a name, as much as leaves room for the rest. */
const LONGEST_NAME = 32;

const UP = (rows: number): string => (rows === 0 ? "" : `\x1b[${rows}A`);
const TO_LINE_START = "\r";
const CLEAR_LINE = "\x1b[2K";
const CLEAR_BELOW = "\x1b[J";
/** A line that is too wide for a terminal that was just made narrower must not become two. */
const WRAP_OFF = "\x1b[?7l";
const WRAP_ON = "\x1b[?7h";

/** What stands for a space that ends no line. */
const UNBROKEN = "\u00a0";

export class Screen implements Display {
  readonly #terminal: Terminal;
  readonly #began: number;
  readonly #works = new Works();
  /** The lines that are redrawn, as they stand on the terminal. */
  #drawn: readonly string[] = [];

  /** @param now milliseconds since 1970 */
  constructor(terminal: Terminal, now: number) {
    this.#terminal = terminal;
    this.#began = now;
  }

  show(news: readonly WorkEvent[], now: number): void {
    const ended = this.#works.learn(news).filter(({ state }) => isEnd(state));
    this.#draw(
      ended.flatMap((work) => this.#ended(work, now)),
      this.#live(now),
    );
  }

  say(sentence: string): void {
    this.#draw(wrap(sentence, this.#terminal.size().columns), []);
  }

  /** Lines that stay, above those that will be drawn over. */
  #draw(lasting: readonly string[], live: readonly string[]): void {
    const { columns } = this.#terminal.size();
    // A terminal that was made narrower has broken what stands there.
    const rows = this.#drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns)), 0);
    // Line by line over what is there: a screen that is cleared as a whole may flicker, and be kept above by the terminal.
    // Before its text: behind text that fills the line, the last character would be cleared.
    const lines = [...lasting, ...live].map((line) => `${CLEAR_LINE}${line}\n`).join("");
    this.#terminal.print(`${UP(rows)}${TO_LINE_START}${WRAP_OFF}${lines}${WRAP_ON}${CLEAR_BELOW}`);
    this.#drawn = live;
  }

  #ended(work: WorkEvent, now: number): readonly string[] {
    const { colours, size } = this.#terminal;
    const { mark, colour } = {
      completed: { mark: "✓", colour: colours.green },
      failed: { mark: "✗", colour: colours.red },
      interrupted: { mark: "!", colour: colours.yellow },
      running: { mark: " ", colour: colours.reset },
      waiting: { mark: " ", colour: colours.reset },
    }[work.state];
    const text = `${mark} ${nameOf(work, this.#works)} ${endOf(work)} (${timeOf(work, now)})`;
    const together = text.replace(/\b(id|address) /g, `$1${UNBROKEN}`);
    return wrap(together, size().columns).map((line) => colour(line.replaceAll(UNBROKEN, " ")));
  }

  #live(now: number): readonly string[] {
    const { columns, rows } = this.#terminal.size();
    const { unfinished, all } = this.#works;
    const linesEach = columns < WIDE ? 2 : 1;
    // One for what is left out, one for the sum, and one for the cursor.
    const room = Math.max(1, Math.floor((rows - 3) / linesEach));
    const shown = unfinished.slice(0, room);
    const names = Math.min(LONGEST_NAME, Math.max(0, ...shown.map((work) => widthOf(nameOf(work, this.#works)))));
    const lines = shown.flatMap((work) => this.#work(work, { columns, names, now }));
    const more = unfinished.length - shown.length;
    const left = more > 0 ? [`  and ${more} more`] : [];
    const sum = all.length === 0 ? "No task so far" : summaryOf(all);
    const { dim } = this.#terminal.colours;
    return [...lines, ...left, dim(cut(`${sum} · ${elapsed(now - this.#began)}`, columns))];
  }

  #work(
    work: WorkEvent,
    { columns, names, now }: { readonly columns: number; readonly names: number; readonly now: number },
  ): readonly string[] {
    const { bold, dim } = this.#terminal.colours;
    const right = `${percentOf(work).padStart(PERCENT)} ${timeOf(work, now).padStart(TIME)}`;
    const left = columns - widthOf(right) - 1;
    if (columns >= WIDE) {
      const name = padded(nameOf(work, this.#works), names);
      const what = `${name}  ${padded(doing(work), LONGEST_DOING)}  ${stepOf(work)}`;
      return [`${bold(name)}${padded(what, left).slice(name.length)} ${right}`];
    }
    const name = cut(briefNameOf(work), Math.max(8, left - LONGEST_DOING - 2));
    const head = padded(`${name} ${doing(work)}`, left);
    return [`${bold(name)}${head.slice(name.length)} ${right}`, dim(cut(`  ${stepOf(work)}`, columns))];
  }
}

const LONGEST_DOING = "reconfiguring".length;
