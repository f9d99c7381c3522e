/** What the table says of plans and applies. */
import type { Usage } from "../measure/command";
import { median, ratio } from "../measure/rounds";
import { mebibytes, milliseconds, type Row, seconds } from "../row";
import type { Run } from "../site";

export type Operation = "apply" | "plan";
type FleetRun = Usage & Partial<Pick<Run, "requests">>;
/** The runs of each round; those of the yardstick are none where there is no Go. */
export interface Results {
  readonly yardstick: readonly FleetRun[];
  readonly byId: readonly FleetRun[];
  readonly byName: readonly FleetRun[];
}

interface Aims {
  readonly byId?: number;
  readonly byName: number;
  /** Milliseconds of the plugin's processor time per SVM. */
  readonly cpu?: number;
  /** MiB. */
  readonly memory?: number;
}
/** By the number of SVMs. */
const AIMS: Readonly<Record<Operation, Readonly<Record<number, Aims>>>> = {
  plan: { 100: { byId: 0.9, byName: 1.3 }, 1000: { byId: 0.55, byName: 1.3, cpu: 0.9, memory: 100 } },
  apply: { 100: { byId: 1.2, byName: 1.2 }, 1000: { byId: 1.05, byName: 1.2, memory: 100 } },
};
const TITLES = { plan: "plan of %d unchanged SVMs", apply: "apply of %d new SVMs" };

export function* rowsOf(operation: Operation, svms: number, { yardstick, byId, byName }: Results): Iterable<Row> {
  const what = TITLES[operation].replace("%d", String(svms));
  const aims: Partial<Aims> = AIMS[operation][svms] ?? {};
  if (yardstick.length > 0) yield compared(`${what}, by id`, byId, "Go provider", yardstick, aims.byId);
  yield compared(`${what}, by name`, byName, "by id", byId, aims.byName);
  const measured = byId.flatMap(({ cpu, plugin }) => (plugin === undefined ? [] : [{ all: cpu, plugin }]));
  if (measured.length === 0) return;
  const ours = measured.map(({ plugin }) => (plugin.cpu / svms) * 1000);
  const terraforms = measured.map(({ all, plugin }) => ((all - plugin.cpu) / svms) * 1000);
  yield {
    what: `${what}, by id: CPU of the plugin per SVM`,
    took: milliseconds(median(ours)),
    against: `terraform's own: ${milliseconds(median(terraforms))}`,
    figure: median(ours),
    aim: aims.cpu,
    raw: { plugin: ours, terraform: terraforms },
  };
  const memory = [...byId, ...byName].flatMap(({ plugin }) => plugin?.memory ?? []);
  const most = Math.max(...memory);
  yield {
    what: `${what}: most memory of the plugin`,
    took: mebibytes(most),
    against: "",
    figure: most,
    aim: aims.memory,
    raw: { memory },
  };
}

function compared(
  what: string,
  mine: readonly FleetRun[],
  other: string,
  others: readonly FleetRun[],
  aim: number | undefined,
): Row {
  const cpu = ratio(cpuOf(mine), cpuOf(others));
  return {
    what,
    took: told(mine),
    against: `${other}: ${told(others)}; of CPU ${cpu.toFixed(2)} ×`,
    figure: ratio(wallOf(mine), wallOf(others)),
    aim,
    raw: { wall: wallOf(mine), cpu: cpuOf(mine), otherWall: wallOf(others), otherCpu: cpuOf(others) },
  };
}

function told(runs: readonly FleetRun[]): string {
  const requests = runs.flatMap((run) => run.requests ?? []);
  const times = `${seconds(median(wallOf(runs)))}, CPU ${seconds(median(cpuOf(runs)))}`;
  return requests.length === 0 ? times : `${times}, ${Math.max(...requests)} requests`;
}

const wallOf = (runs: readonly FleetRun[]) => runs.map(({ wall }) => wall);
const cpuOf = (runs: readonly FleetRun[]) => runs.map(({ cpu }) => cpu);
