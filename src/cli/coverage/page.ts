/** The coverage as a page, complete in one file: `npm run build` makes its template of what is in `page/`. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CoverageView } from "./view";

/** Beside the program; see scripts/build/coverage-page.ts. */
const TEMPLATE = join(__dirname, "coverage.html");
/** What the data stands in place of. */
const DATA = "%DATA%";

/** @param template the page without data */
export async function coveragePage(view: CoverageView, template = readFile(TEMPLATE, "utf8")): Promise<string> {
  const [before = "", after = ""] = (await template).split(DATA);
  return before + scriptText(view) + after;
}

/** JSON that can stand in a script element whatever names are in it: nothing in it looks like a tag or a comment. */
function scriptText(data: unknown): string {
  return JSON.stringify(data).replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}
