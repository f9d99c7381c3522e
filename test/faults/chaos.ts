/**
 * `npm run test:chaos [runs] [seed]`: runs of the real Terraform, each killed at a moment that its seed decides, and the
 * next ones. The seed of one that fails is printed: `npm run test:chaos 1 SEED` tells its story again.
 */
import { Identifiers } from "../../src/simulator/world/identifiers";
import { keepTemporaryFiles } from "../support/temporary-folder";
import { ChaosBench, type ChaosOutcome } from "./support/chaos-bench";

async function main(runs: number, seed: number): Promise<void> {
  let bench = await ChaosBench.start();
  const outcomes: ChaosOutcome[] = [];
  try {
    for (let run = seed; run < seed + runs; run += 1) {
      const begun = Date.now();
      const outcome = await bench.tell(chanceOf(run)).catch(broken);
      outcomes.push(outcome);
      const { what, isStruck, next, problems } = outcome;
      const seconds = ((Date.now() - begun) / 1_000).toFixed(0);
      console.log(
        `seed ${run}: ${what}${isStruck ? "" : ", when it had ended"}; the next run ${next} (${seconds} s)${problems.map((each) => `\n  WRONG: ${each}`).join("")}`,
      );
      if (problems.length === 0) continue;
      console.log(bench.output);
      await bench.stop();
      bench = await ChaosBench.start();
    }
  } finally {
    await bench.stop();
  }
  const wrong = outcomes.filter(({ problems }) => problems.length > 0).length;
  const asked = outcomes.filter(({ next }) => next === "asks").length;
  const struck = outcomes.filter(({ isStruck }) => isStruck).length;
  console.log(
    `\n${outcomes.length} runs, ${struck} of them struck before they ended: ${wrong} wrong, ${asked} asked whether a connection is there`,
  );
  process.exitCode = wrong === 0 ? 0 : 1;
}

function chanceOf(seed: number) {
  const identifiers = new Identifiers(String(seed));
  let calls = 0;
  return () => {
    calls += 1;
    return identifiers.fraction(String(calls));
  };
}

function broken(error: unknown): ChaosOutcome {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { what: "broken", isStruck: false, next: "fails", problems: [text] };
}

const [runs = "20", seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
keepTemporaryFiles();
main(Number(runs), Number(seed)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
