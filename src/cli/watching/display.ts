/** What shows a run: lines, a screen that is redrawn, or JSON. */
import type { WorkEvent } from "../../notes";

export interface Display {
  /** To be told regularly, also when nothing is new. @param now milliseconds since 1970 */
  show(news: readonly WorkEvent[], now: number): void;
  /** Something about the run as a whole. It may be the last thing that is shown. */
  say(sentence: string): void;
}

/** Where text goes. */
export type Print = (text: string) => void;

/** One event per line on stdout, and what people may want to know on stderr. */
export class JsonDisplay implements Display {
  readonly #print: Print;
  readonly #tell: Print;

  constructor(print: Print, tell: Print) {
    this.#print = print;
    this.#tell = tell;
  }

  show(news: readonly WorkEvent[]): void {
    this.#print(news.map((event) => `${JSON.stringify(documentOf(event))}\n`).join(""));
  }

  say(sentence: string): void {
    this.#tell(`${sentence}\n`);
  }
}

/** What is undefined is left out by JSON. */
function documentOf(event: WorkEvent) {
  const { time, operation, infrastructure, svm, place, task, step, progress, state } = event;
  const { message, placeName, infrastructureName } = event;
  return {
    time,
    operation,
    infrastructure,
    svm,
    place,
    task,
    step,
    progress,
    state,
    message,
    placeName,
    infrastructureName,
  };
}
