/** Plans and applies of fleets: by id beside the yardstick, by name beside by id. */
import { join } from "node:path";
import { inTurns } from "../measure/rounds";
import type { Row } from "../row";
import { Site, YardstickSite } from "../site";
import { type Operation, type Results, rowsOf } from "./fleet-rows";

export interface FleetSize {
  readonly svms: number;
  readonly applies: number;
  readonly plans: number;
}

/** How many resources terraform works on at a time, and the server on SVMs. */
const PARALLELISM = 100;
const TASK_SECONDS = 0.02;
const ARGUMENTS: Readonly<Record<Operation, readonly string[]>> = {
  apply: ["apply", "-auto-approve", `-parallelism=${PARALLELISM}`],
  plan: ["plan", "-detailed-exitcode", `-parallelism=${PARALLELISM}`],
};

export interface MeasuredFleet {
  readonly svms: number;
  readonly rows: readonly Row[];
  readonly results: Readonly<Record<Operation, Results>>;
}

/** @param yardstick its program, where there is one */
export async function measureFleet(
  folder: string,
  { svms, applies, plans }: FleetSize,
  yardstick: string | undefined,
): Promise<MeasuredFleet> {
  const options = { svms, svmConcurrency: PARALLELISM, taskSeconds: TASK_SECONDS };
  const byId = await Site.create({ ...options, folder: join(folder, `by-id-${svms}`) }, "by id");
  const byName = await Site.create({ ...options, folder: join(folder, `by-name-${svms}`) }, "by name");
  const sites = {
    ...(yardstick !== undefined && {
      yardstick: await YardstickSite.create(join(folder, `yardstick-${svms}`), yardstick, byId),
    }),
    byId,
    byName,
  };
  const run = async (operation: Operation, rounds: number): Promise<Results> => {
    const cases = Object.entries(sites).map(([name, site]) => {
      const once = async () => {
        if (operation === "apply") await site.reset();
        return site.terraform(...ARGUMENTS[operation]);
      };
      return [name, once] as const;
    });
    return { yardstick: [], byId: [], byName: [], ...(await inTurns(rounds, Object.fromEntries(cases))) };
  };
  try {
    const results = { apply: await run("apply", applies), plan: await run("plan", plans) };
    return { svms, rows: [...rowsOf("plan", svms, results.plan), ...rowsOf("apply", svms, results.apply)], results };
  } finally {
    await byId.close();
    await byName.close();
  }
}
