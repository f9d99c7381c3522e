/** `npm run test:faults [words]`: a row for each fault whose row has all the words, and what became of it. */

import { keepTemporaryFiles } from "../support/temporary-folder";
import { type Outcome, type Row, runRow } from "./row";
import { allRows, titleOf } from "./rows";

/** Stories mostly wait, so several are told at a time. */
const AT_A_TIME = 6;
/** Simulated seconds in a real one for what is told again. */
const SLOWLY = 20;

async function main(words: readonly string[]): Promise<void> {
  const rows = allRows().filter((row) => words.every((word) => titleOf(row).includes(word)));
  const outcomes: Outcome[] = [];
  console.log("| what | during | fault | the run | the next | |\n|---|---|---|---|---|---|");
  let printed = 0;
  const begun = [...rows.entries()].values();
  const work = async () => {
    for (const [index, row] of begun) {
      outcomes[index] = await runRow(row).catch(broken);
      for (let next = outcomes[printed]; next !== undefined; next = outcomes[printed]) {
        print(rows[printed], next, words.length > 0);
        printed += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  const again = rows.filter((_, index) => outcomes[index]?.problems.length !== 0);
  const wrong = await tellAgain(again);
  console.log(`\n${rows.length - wrong} right, ${wrong} wrong`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

/**
 * A machine that is busy with other things is not as fast as a hundred times the time wants it: what is wrong alone and slowly,
 * too, is wrong.
 *
 * @returns how many are
 */
async function tellAgain(rows: readonly Row[]): Promise<number> {
  if (rows.length > 0) console.log(`\nTold again, one at a time and slowly: ${rows.length}`);
  let wrong = 0;
  for (const row of rows) {
    const outcome = await runRow({ pace: SLOWLY, ...row }).catch(broken);
    print(row, outcome, true);
    if (outcome.problems.length > 0) wrong += 1;
  }
  return wrong;
}

function print(row: Row | undefined, { run, next, problems, messages }: Outcome, isDetailed: boolean): void {
  const verdict = problems.length === 0 ? "right" : `WRONG: ${problems.join("; ")}`;
  console.log(`| ${row?.at} | ${row?.during} | ${row?.fault} | ${run} | ${next} | ${verdict} |`);
  if (problems.length > 0 && isDetailed) console.log(messages.join("\n"));
}

function broken(error: unknown): Outcome {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { run: "fails", next: "fails", problems: [`the test broke: ${text}`], messages: [] };
}

keepTemporaryFiles();
main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
