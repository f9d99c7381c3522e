/** The first lines of the provider's messages, as its source has them, with `…` for what is put in. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SOURCE = join(__dirname, "..", "..", "..", "src");
/** Where the provider says something to Terraform's users. */
const NOT_THE_PROVIDER = /^(simulator|cli|installation|inventory)[\\/]/;

/** What a literal behind one of these is the end of. */
const BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/new DiagnosticError\(\s*(?=[`"])/g, ""],
  [/\bsummary: (?:[^`";]*\? )?(?=[`"])/g, ""],
  [/\b(?:attempt|explained)\(\s*(?=[`"])/g, "Unable to "],
];

const sources = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !NOT_THE_PROVIDER.test(file))
  .map((file) => readFileSync(join(SOURCE, file), "utf8"));

/** What is said, wherever it is easily found: not what is put together from pieces. */
export function summaries(): readonly string[] {
  const found = sources.flatMap((text) =>
    BEGINNINGS.flatMap(([beginning, prefix]) =>
      [...text.matchAll(beginning)].map((match) => prefix + literalAt(text, match.index + match[0].length)),
    ),
  );
  return [...new Set(found)].filter((summary) => /[a-z]{2}/.test(summary.replace("Unable to ", ""))).sort();
}

/** Every text and template of the source, each with `…` for what is put in. */
export function literals(): ReadonlySet<string> {
  const found = sources.flatMap((text) => [...text.matchAll(/[`"]/g)].map(({ index }) => literalAt(text, index)));
  return new Set(found);
}

function literalAt(text: string, start: number): string {
  const quote = text[start];
  let literal = "";
  for (let at = start + 1; at < text.length && text[at] !== quote; at += 1) {
    if (quote === "`" && text.startsWith("${", at)) {
      at = endOfExpression(text, at + 1);
      literal += "…";
    } else {
      if (text[at] === "\\") at += 1;
      literal += text[at];
    }
  }
  return literal;
}

/** @param start at its opening brace @returns where its closing one is */
function endOfExpression(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === "{") depth += 1;
    if (text[at] === "}") depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}
