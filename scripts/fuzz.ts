/** `npm run fuzz -- [RUNS [SEED]]`: reads made-up input with everything that reads what others wrote. */
import { TARGETS } from "./fuzz/targets";

async function main([runs = "100000", seed = String(Date.now() % 2 ** 31)]: readonly string[]): Promise<void> {
  console.log(`${runs} inputs each, from the seed ${seed}; "npm run fuzz -- ${runs} ${seed}" does the same again.`);
  for (const { name, check } of TARGETS) {
    const fault = await check(Number(runs), Number(seed));
    console.log(`${fault === undefined ? "held  " : "failed"} ${name}`);
    if (fault === undefined) continue;
    console.error(fault);
    process.exitCode = 1;
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
