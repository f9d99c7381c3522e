/**
 * No regular expression takes longer and longer for each further character of a text that somebody else wrote. They are
 * found in the source, so that none is forgotten, and tried on what each of them could stumble over.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "@swc/core";
import { Redactor } from "../../src/terraform/plugin/redaction";

const ROOT = join(__dirname, "../..");
/** What reads answers, states, files and configurations. */
const ROOMS = [
  "constructs",
  "src/data-sources",
  "src/installation",
  "src/integration-server",
  "src/journal",
  "src/resources",
  "src/terraform",
  "src/validators",
];
const SHORT = 2 ** 13;
const LONG = 2 ** 16;
/** What any single pass over a long text takes, however slow and busy the machine: less than the square of its length. */
const MOMENT = 50;

interface Found {
  readonly file: string;
  readonly expression: RegExp;
}

function* expressionsIn(node: unknown): Generator<RegExp> {
  if (typeof node !== "object" || node === null) return;
  const { type, pattern, flags } = node as { type?: unknown; pattern?: unknown; flags?: unknown };
  if (type === "RegExpLiteral") yield new RegExp(String(pattern), `${String(flags ?? "").replace("g", "")}g`);
  for (const child of Object.values(node)) yield* expressionsIn(child);
}

const found: readonly Found[] = ROOMS.flatMap((room) =>
  readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((path) => {
      const source = readFileSync(path, "utf8");
      const expressions = [...expressionsIn(parseSync(source, { syntax: "typescript", target: "es2022" }))];
      return expressions.map((expression) => ({ file: path.slice(ROOT.length + 1), expression }));
    }),
);

/** What an expression could begin with again and again, without ever coming to its end. */
function pieces({ source }: RegExp): string[] {
  const words = source.replace(/\\[a-zA-Z]|[()[\]{}|?*+^$]/g, " ").split(/\s+/);
  const parts = words.flatMap((word) => [word.replaceAll("\\", ""), word.replaceAll("\\", "").slice(0, 1)]);
  return [...new Set([...parts, "a", "A", "0", " ", "\n", "<", "-", '"', "\\", '\\"', "[", ":", ".", "/", "é"])].filter(
    (piece) => piece !== "",
  );
}

function milliseconds(work: () => void): number {
  const { user, system } = process.cpuUsage();
  work();
  const spent = process.cpuUsage({ user, system });
  return (spent.user + spent.system) / 1_000;
}

/** The pieces on which the work grows faster than the text. */
function stumbles(all: readonly string[], work: (text: string) => void): string[] {
  return all.filter((piece) => {
    const repeated = (length: number): string => `${piece.repeat(Math.ceil(length / piece.length))}\u0001`;
    const [short, long] = [repeated(SHORT), repeated(LONG)];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const spent = milliseconds(() => work(long));
      if (spent < MOMENT || spent < 3 * (LONG / SHORT) * milliseconds(() => work(short))) return false;
    }
    return true;
  });
}

test("there are expressions to be tried", () => {
  expect(found.length).toBeGreaterThan(50);
});

test("an expression that takes longer and longer is found out", () => {
  const expression = /<title[^>]*>/g;
  expect(stumbles(pieces(expression), (text) => text.replace(expression, ""))).toContain("<title");
});

test.each(found.map(({ file, expression }) => [file, String(expression), expression] as const))(
  "%s: %s",
  (_file, _text, expression) => {
    expect(stumbles(pieces(expression), (text) => text.replace(expression, ""))).toEqual([]);
  },
);

test("what keeps secrets out of texts", () => {
  const redactor = new Redactor();
  for (const secret of ["aaaaaaaa", "aaaaaaab", "0000", `"`.repeat(20), "\\".repeat(20)]) redactor.add(secret);
  expect(stumbles(["a", "0", '"', "\\", "aaaaaaa0", "YWFh"], (text) => redactor.redact(text))).toEqual([]);
});
