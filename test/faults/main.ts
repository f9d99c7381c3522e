/** `npm run test:faults [words]`: a row for each fault whose row has all the words, and what became of it. */
import { type Outcome, type Row, runRow } from "./row";
import { allRows, titleOf } from "./rows";

/** Stories mostly wait, so several are told at a time. */
const AT_A_TIME = 6;

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
  const wrong = outcomes.filter(({ problems }) => problems.length > 0).length;
  console.log(`\n${rows.length - wrong} right, ${wrong} wrong`);
  process.exitCode = wrong === 0 ? 0 : 1;
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

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
