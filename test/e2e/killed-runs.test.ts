/** Runs that are killed: one case for each object and moment. `npm run test:matrix` has the others, too. */
import { OBJECTS } from "./support/killed-objects";
import { BACKENDS, expectedErrors, MOMENTS, runKilled, VICTIMS } from "./support/killed-runs";

const rows = OBJECTS.flatMap((object, row) =>
  MOMENTS.map((moment, column) => ({
    object,
    moment,
    victim: VICTIMS[(row + column) % VICTIMS.length]!,
    backend: BACKENDS[(row + column) % BACKENDS.length]!,
    keepsJournal: true,
  })),
);

test.each(rows.map((row) => [row.object.name, row.moment, row] as const))(
  "%s is there once after a kill, %s",
  async (_, __, row) => {
    const outcome = await runKilled(row);

    expect(outcome).toMatchObject({ made: [expect.any(String)], plan: {}, entries: [] });
    expect(outcome.errors).toEqual(expectedErrors(row));
  },
);
