/** Deployments that take a while: how near terraform, the plugin and the server come to what the tasks alone take. */
import { join } from "node:path";
import { median } from "../measure/rounds";
import { milliseconds, type Row, seconds } from "../row";
import { Site } from "../site";
import { durationsOf, partsOf, turnsOf } from "./wave-trace";

export interface Waves {
  readonly svms: number;
  readonly taskSeconds: number;
  /** How many the server works on at a time. */
  readonly svmConcurrency: number;
}

/** More than that of `Waves.svmConcurrency` is what a user may choose, too. */
const PARALLELISMS: readonly number[] = [10, 100];
const AIM = 1.04;

/** All at the same time: they wait, and compute next to nothing. */
export async function measureWaves(folder: string, waves: Waves): Promise<readonly Row[]> {
  return (await Promise.all(PARALLELISMS.map((parallelism) => measureOne(folder, waves, parallelism)))).flat();
}

async function measureOne(folder: string, waves: Waves, parallelism: number): Promise<readonly Row[]> {
  const { svms, taskSeconds, svmConcurrency } = waves;
  const site = await Site.create({ ...waves, folder: join(folder, `waves-${parallelism}`) }, "by id");
  try {
    const run = await site.terraform("apply", "-auto-approve", "-json", `-parallelism=${parallelism}`);
    // The simulator's timers make each task a little longer than it should be.
    const taken = median(durationsOf(site)) / 1000;
    const ideal = (svms / svmConcurrency) * taken;
    const lags = lagsOf(site, run.output);
    const turns = turnsOf(site);
    const seen = turns.map((turn) => turn.seen);
    const next = turns.map((turn) => turn.next);
    const what = `apply of ${svms} new SVMs, tasks of ${taskSeconds} s, ${svmConcurrency} at a time, parallelism ${parallelism}`;
    return [
      {
        what,
        took: `${seconds(run.wall)}, ${run.requests} requests`,
        against: `the tasks alone: ${seconds(ideal)} (${seconds(taken)} each)`,
        figure: run.wall / ideal,
        aim: AIM,
        raw: { wall: run.wall, requests: run.requests, taken },
      },
      {
        what: `${what}: from a task's end to "Creation complete"`,
        took: `${milliseconds(median(lags))}, at most ${milliseconds(Math.max(...lags))}`,
        against: "",
        figure: median(lags),
        raw: { lags },
      },
      {
        what: `${what}: from a task's end to the look that shows it`,
        took: `${milliseconds(median(seen))}, at most ${milliseconds(Math.max(...seen))}`,
        against: `to the next request: ${milliseconds(median(next))} more, at most ${milliseconds(Math.max(...next))}`,
        figure: median(seen),
        raw: { seen, next },
      },
    ];
  } finally {
    await site.close();
  }
}

/** In milliseconds: from the end of each SVM's task to the moment at which terraform says that the SVM is created. */
function lagsOf(site: Site, output: string): number[] {
  const ends = new Map(
    partsOf(site).map(({ parameters, stateChanged }) => [
      parameters.find(({ key }) => key === "svmId")?.value,
      stateChanged.getTime(),
    ]),
  );
  return messages(output).flatMap((message) => {
    const end = message.type === "apply_complete" ? ends.get(message.hook?.id_value) : undefined;
    return end === undefined ? [] : [Date.parse(message["@timestamp"]) - end];
  });
}

interface Message {
  readonly type: string;
  readonly "@timestamp": string;
  readonly hook?: { readonly id_value?: string };
}

function messages(output: string): readonly Message[] {
  return output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Message);
}
