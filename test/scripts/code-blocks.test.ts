/**
 * Every block of code in the documents can be read by what it is meant for. Those that are whole are also compiled, deployed or run:
 * see test/package, test/examples, test/e2e/readme and test/matrix/hcl.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { parse as parseYaml } from "yaml";
import { parseHcl } from "../../src/installation/hcl/parse";
import { terraform } from "../e2e/support/workspace";

const ROOT = join(__dirname, "..", "..");
const DOCUMENTS = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md") && !name.startsWith("reference"))
    .map((name) => join("docs", name)),
];

/** Written to the program's standard input; what it says is an error. */
function accepts(program: string, args: readonly string[], input: string): void {
  const { status, stderr } = spawnSync(program, args, { input, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

const READERS: Readonly<Record<string, (code: string) => unknown>> = {
  ts: (code) => transformSync(isMethod(code) ? `class It { ${code} }` : code, { loader: "ts", tsconfigRaw: {} }),
  js: (code) => transformSync(code, { loader: "js" }),
  json: (code) => JSON.parse(code),
  yaml: (code) => parseYaml(code),
  sh: (code) => accepts("bash", ["-n"], code),
  hcl: (code) =>
    isCliConfiguration(code) ? parseHcl(code, { dialect: "hcl1" }) : accepts(terraform(), ["fmt", "-"], code),
  // Read by people, or by the pages that draw them.
  diff: () => {},
  mermaid: () => {},
};

const isMethod = (code: string) => /^async \w+\(/.test(code);
const isCliConfiguration = (code: string) => code.startsWith("provider_installation {");

/** A block's indentation is that of the list that it stands in. */
const BLOCK = /^( *)```(\w+)\n([\s\S]*?)^ *```$/gm;

const blocks = DOCUMENTS.flatMap((document) =>
  [...readFileSync(join(ROOT, document), "utf8").matchAll(BLOCK)].map(
    ([, indentation = "", language = "", code = ""], index) => ({
      name: `${document}, block ${index + 1}, ${language}`,
      language,
      code: code.replaceAll(new RegExp(`^${indentation}`, "gm"), ""),
    }),
  ),
);

test.each(blocks)("$name", ({ language, code }) => {
  const read = READERS[language];
  if (read === undefined) throw new Error(`Nothing here reads "${language}".`);
  expect(() => read(code)).not.toThrow();
});
