/** The page with every message says of each what the source says, and leaves none out. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { literals, summaries } from "./support/summaries";

const page = readFileSync(join(__dirname, "..", "..", "docs", "guides", "messages.md"), "utf8");
/** The first cells of its tables, which may have several. */
const quoted = page
  .split("\n")
  .flatMap((line) =>
    [...(/^\| (`.*?) \| /.exec(line)?.[1]?.matchAll(/`([^`]+)`/g) ?? [])].map(([, text = ""]) => text),
  );

test("what it quotes is in the source", () => {
  const known = literals();
  const isKnown = (text: string) => known.has(text) || known.has(text.replace(/^Unable to /, ""));
  expect(quoted.filter((text) => !isKnown(text))).toEqual([]);
});

test("it has every message of the source", () => {
  expect(summaries().filter((summary) => !quoted.includes(summary))).toEqual([]);
});

test("it has each of them once", () => {
  expect(quoted.filter((text, index) => quoted.indexOf(text) !== index)).toEqual([]);
});
