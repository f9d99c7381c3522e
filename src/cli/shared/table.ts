/** Tables for people: they fit the terminal, and are plain lines where there is none. */
import Table from "cli-table3";
import widthOf from "string-width";
import wrapped from "wrap-ansi";
import { colours } from "./colours";

const GAP = 2;
/** A column is not made narrower than this, whatever the terminal. */
const NARROWEST = 4;

export interface TableOptions {
  /** Columns of text there are. @default the terminal's; no limit where stdout is none */
  readonly width?: number | undefined;
}

/**
 * Rows under their headings, if there are any. Cells may be coloured; one that is too wide goes on in the next line.
 *
 * @returns text that ends with a line break
 */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  { width = process.stdout.columns }: TableOptions = {},
): string {
  const all = headings.length > 0 ? [headings.map(colours.bold), ...rows] : rows;
  const widths = fitted(naturalWidths(all), width);
  const printed = new Table({
    chars: NO_BORDERS,
    style: { head: [], border: [], "padding-left": 0, "padding-right": GAP, compact: true },
    colWidths: widths.map((each) => each + GAP),
  });
  printed.push(...all.map((row) => row.map((cell, column) => inLines(cell, widths[column] ?? 0))));
  const lines = printed.toString().split("\n");
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

/** Words that are too long are broken; colours end with each line and go on in the next one. */
function inLines(cell: string, width: number): string {
  return wrapped(cell, width, { hard: true, trim: true });
}

const BORDERS = ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"];
const LINES = ["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"];
const NO_BORDERS = Object.fromEntries([...BORDERS, ...LINES].map((place) => [place, ""]));

function naturalWidths(rows: readonly (readonly string[])[]): number[] {
  const columns = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, column) => Math.max(1, ...rows.map((row) => widthOf(row[column] ?? ""))));
}

/** The widest columns give way until all of them fit. */
function fitted(natural: readonly number[], width: number | undefined): readonly number[] {
  if (width === undefined) return natural;
  const widths = [...natural];
  const available = Math.max(width - GAP * (widths.length - 1), widths.length * NARROWEST);
  for (let excess = total(widths) - available; excess > 0; excess = total(widths) - available) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    const next = Math.max(NARROWEST, ...widths.filter((each) => each < widest));
    const those = widths.filter((each) => each === widest).length;
    const cut = Math.max(1, Math.min(widest - next, Math.floor(excess / those)));
    let left = excess;
    for (let column = 0; column < widths.length && left > 0; column += 1) {
      if (widths[column] !== widest) continue;
      widths[column] = widest - Math.min(cut, left);
      left -= cut;
    }
  }
  return widths;
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0);
}
