/** A run at a terminal. */
import picocolors from "picocolors";
import widthOf from "string-width";
import { Screen } from "../../../src/cli/watching/screen";
import type { WorkEvent } from "../../../src/notes";
import { event, START } from "./events";

const ESCAPE = "\u001b";
const PARTS = new RegExp(`${ESCAPE}\\[\\??\\d*[A-Za-z]|\\n|\\r|[^${ESCAPE}\\n\\r]+`, "g");
const UP = new RegExp(`^${ESCAPE}\\[(\\d+)A$`);

/** What a terminal shows that was told all this; wrapping is off where the screen says so. */
class LittleTerminal {
  columns: number;
  rows = 24;
  #lines: string[] = [""];
  #row = 0;
  #column = 0;

  constructor(columns: number) {
    this.columns = columns;
  }

  readonly print = (text: string): void => {
    for (const [part] of text.matchAll(PARTS)) this.#obey(part);
  };

  get lines(): readonly string[] {
    return this.#lines.map((line) => line.trimEnd());
  }

  #obey(part: string): void {
    const up = UP.exec(part)?.[1];
    if (up !== undefined) this.#row = Math.max(0, this.#row - Number(up));
    else if (part === "\r") this.#column = 0;
    else if (part === `${ESCAPE}[2K`) this.#lines[this.#row] = "";
    else if (part === `${ESCAPE}[J`)
      this.#lines = [...this.#lines.slice(0, this.#row), this.#line.slice(0, this.#column)];
    else if (part === "\n") {
      this.#row += 1;
      this.#column = 0;
      this.#lines[this.#row] ??= "";
    } else if (!part.startsWith(ESCAPE)) {
      this.#lines[this.#row] = this.#line.slice(0, this.#column) + part + this.#line.slice(this.#column + part.length);
      this.#column += part.length;
    }
  }

  get #line(): string {
    return this.#lines[this.#row] ?? "";
  }
}

function screen(columns: number) {
  const terminal = new LittleTerminal(columns);
  const { print } = terminal;
  const size = () => ({ columns: terminal.columns, rows: terminal.rows });
  return { terminal, screen: new Screen({ print, size, colours: picocolors.createColors(false) }, START) };
}

const UPLOADING = { step: "UploadSvmImage", progress: 41 };
const CREATED = {
  state: "completed",
  message: "created, id 0b1f6c1e-8f0e-4a53-9a53-2f7d4f1b6a11, address 198.18.0.12",
} as const;
const later = (news: Partial<WorkEvent>) => event(news, 182_000);

test("wide: a line each, with step, percentage and time; what has ended stays above", () => {
  const { terminal, screen: shown } = screen(100);
  shown.show([event(UPLOADING), event({ svm: "svm-20", state: "waiting" })], START + 5_000);
  expect(terminal.lines).toEqual([
    `svm-1   deploying      UploadSvmImage${" ".repeat(49)}  41 %      5s`,
    expect.stringMatching(/^svm-20 {2}deploying {6}waiting +5s$/),
    "1 running, 1 waiting · 5s",
    "",
  ]);

  shown.show([later({ svm: "svm-20", ...CREATED })], START + 182_000);
  expect(terminal.lines).toEqual([
    "✓ svm-20 created, id 0b1f6c1e-8f0e-4a53-9a53-2f7d4f1b6a11, address 198.18.0.12 (3m02s)",
    expect.stringMatching(/^svm-1 {2}deploying {6}UploadSvmImage +41 % {3}3m02s$/),
    "1 deployed, 1 running · 3m02s",
    "",
  ]);
  shown.say("The run has ended.");
  expect(terminal.lines.slice(1)).toEqual(["The run has ended.", ""]);
});

test("narrow: two lines each, and nothing wider than the terminal", () => {
  const { terminal, screen: shown } = screen(50);
  shown.show(
    [event(UPLOADING), event({ svm: "a-name-that-is-far-too-long-for-fifty-columns", ...UPLOADING })],
    START + 5_000,
  );
  expect(terminal.lines).toEqual([
    "svm-1 deploying                       41 %      5s",
    "  UploadSvmImage",
    expect.stringMatching(/^a-name-that-\S*… deploying +41 % +5s$/),
    "  UploadSvmImage",
    "2 running · 5s",
    "",
  ]);

  shown.show(
    [later(CREATED), later({ svm: "b", state: "failed", message: `no space left ${"x".repeat(120)}` })],
    START + 182_000,
  );
  expect(terminal.lines.slice(0, 3)).toEqual([
    "✓ svm-1 created,",
    "  id 0b1f6c1e-8f0e-4a53-9a53-2f7d4f1b6a11,",
    "  address 198.18.0.12 (3m02s)",
  ]);
  expect(Math.max(...terminal.lines.map(widthOf))).toBeLessThanOrEqual(50);
  expect(terminal.lines.join("").match(/x/g)).toHaveLength(120);
});

test("more than the terminal has room for: the longest under way, and how many others", () => {
  const { terminal, screen: shown } = screen(100);
  terminal.rows = 10;
  const many = Array.from({ length: 30 }, (_, number) =>
    event({ svm: `svm-${number}`, state: number < 20 ? "waiting" : "running", began: START - number }),
  );
  shown.show(many, START);
  expect(terminal.lines).toHaveLength(10);
  expect(terminal.lines[0]).toMatch(/^svm-29 /);
  expect(terminal.lines.slice(-3)).toEqual(["  and 23 more", "10 running, 20 waiting · 0s", ""]);
});

test("wide characters count for two, and what moves cursors is left out", () => {
  const { terminal, screen: shown } = screen(50);
  shown.show([event({ svm: "仮想マシン保護-01", step: "Upload\u001b[2J\n\u202Egnol" })], START);
  expect(terminal.lines[0]).toMatch(/^仮想マシン保護-01 deploying/);
  expect(widthOf(terminal.lines[0]!)).toBe(50);
  expect(terminal.lines[1]).toBe("  Upload [2J gnol");
});
