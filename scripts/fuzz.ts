/** `npm run fuzz -- [RUNS [SEED]]`: reads made-up input with everything that reads what others wrote. */
import { TARGETS } from "./fuzz/targets";

const [runs = "100000", seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
console.log(`${runs} inputs each, from the seed ${seed}; "npm run fuzz -- ${runs} ${seed}" does the same again.`);
for (const { name, check } of TARGETS) {
  const fault = check(Number(runs), Number(seed));
  console.log(`${fault === undefined ? "held  " : "failed"} ${name}`);
  if (fault === undefined) continue;
  console.error(fault);
  process.exitCode = 1;
}
