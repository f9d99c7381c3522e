/** Runs that are killed: every object, moment, victim and backend, with the journal and without. */
import { OBJECTS } from "../e2e/support/killed-objects";
import { BACKENDS, expectedErrors, MOMENTS, runKilled, VICTIMS } from "../e2e/support/killed-runs";

jest.setTimeout(120_000);

const cases = OBJECTS.flatMap((object) =>
  MOMENTS.flatMap((moment) =>
    VICTIMS.flatMap((victim) =>
      BACKENDS.flatMap((backend) =>
        [true, false].map((keepsJournal) => ({ object, moment, victim, backend, keepsJournal })),
      ),
    ),
  ),
);

test.each(
  cases.map((each) => {
    const { object, moment, victim, backend, keepsJournal } = each;
    const journal = keepsJournal ? "the journal" : "no journal";
    return [`${object.name}: ${victim} killed, ${moment}, with a state of ${backend} and ${journal}`, each] as const;
  }),
)("%s", async (_, each) => {
  const outcome = await runKilled(each);

  expect(outcome).toMatchObject({ made: [expect.any(String)], plan: {}, entries: [] });
  expect(outcome.errors).toEqual(expectedErrors(each));
});
