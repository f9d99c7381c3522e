/** Paragraphs and tables for people, as they fit the terminal. */
import { wrap } from "./layout";
import { table } from "./table";

/** A table, with its headings where it has any. */
interface GuideTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Columns of paragraphs where stdout is no terminal. */
const USUAL_WIDTH = 100;
const INDENT = "  ";

/** @param columns of the terminal, if there is one */
export function guideText(guide: readonly (string | GuideTable)[], columns = process.stdout.columns): string {
  return guide.map((part) => (typeof part === "string" ? paragraph(part, columns) : indented(part, columns))).join("");
}

/** A colon leads to what follows. */
function paragraph(text: string, columns = USUAL_WIDTH): string {
  return `${wrap(text, columns, "").join("\n")}\n${text.endsWith(":") ? "" : "\n"}`;
}

function indented({ headings, rows }: GuideTable, columns: number | undefined): string {
  const width = columns === undefined ? undefined : columns - INDENT.length;
  return `${table(headings, rows, { width }).replace(/^(?=.)/gm, INDENT)}\n`;
}
