/** A short form of `npm run fuzz`, each time from another seed, which a failure names. */
import { TARGETS } from "../../scripts/fuzz/targets";

test.each(TARGETS.map(({ name, check }) => [name, check] as const))("%s", async (_, check) => {
  expect(await check(500, Date.now() % 2 ** 31)).toBeUndefined();
});
