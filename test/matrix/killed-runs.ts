/**
 * Runs that are killed while an object is made. Each moment meets each victim, both backends, and a journal that is kept and
 * one that is not, with a third as many cases as there are combinations; `npm run test:matrix -- all` has every one.
 */
import {
  BACKENDS,
  type Case,
  expectedErrors,
  type KilledObject,
  MOMENTS,
  runKilled,
  VICTIMS,
} from "../e2e/support/killed-runs";

const WITH_ALL = process.env["KSVLA_TEST_MATRIX"] === "all";

export function testKilledRuns(object: KilledObject): void {
  jest.setTimeout(120_000);

  test.each(casesOf(object).map((each) => [nameOf(each), each] as const))("%s", async (_, each) => {
    const outcome = await runKilled(each);

    expect(outcome).toMatchObject({ made: [expect.any(String)], plan: {}, entries: [] });
    expect(outcome.errors).toEqual(expectedErrors(each));
  });
}

function casesOf(object: KilledObject): readonly Case[] {
  return MOMENTS.flatMap((moment, column) =>
    VICTIMS.flatMap((victim, row) =>
      BACKENDS.flatMap((backend, at) =>
        [true, false]
          .filter(
            (keepsJournal) => WITH_ALL || (at === (row + column) % 2 && keepsJournal === (row % 2 === column % 2)),
          )
          .map((keepsJournal) => ({ object, moment, victim, backend, keepsJournal })),
      ),
    ),
  );
}

function nameOf({ object, moment, victim, backend, keepsJournal }: Case): string {
  const journal = keepsJournal ? "the journal" : "no journal";
  return `${object.name}: ${victim} killed, ${moment}, with a state of ${backend} and ${journal}`;
}
