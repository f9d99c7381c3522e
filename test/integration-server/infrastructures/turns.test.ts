/** What else happens while a large infrastructure is read. */
import { setImmediate } from "node:timers/promises";
import { JsonReader } from "../../../src/integration-server/http/json-reader";
import { parseObjects } from "../../../src/integration-server/infrastructures/objects-answer";
import { quietLog } from "../../support/quiet-log";

const MACHINES = 20_000;

/** How many turns of the event loop others had while the work went on. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  let turns = 0;
  for (; !isDone; turns++) await setImmediate();
  await done;
  return turns;
}

test("a list of machines is read in slices of a thousand, between which others have their turn", async () => {
  const vms = Array.from({ length: MACHINES }, (_, index) => ({ id: `vm-${index}`, name: `machine-${index}` }));
  const { secrets } = quietLog();
  const answer = new JsonReader({ locations: [], vms }, { call: "GET /objects", isQuestion: true, secrets });

  expect(await turnsDuring(parseObjects(answer))).toBeGreaterThanOrEqual(MACHINES / 1_000);
});
