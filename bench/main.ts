/**
 * `npm run bench [-- options]`: what the provider takes, beside what it could take. Every figure is a ratio of runs that took
 * turns, so that it means something on a busy machine, too. Prints a table and writes the raw numbers as JSON.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { measureBodies } from "./benchmarks/bodies";
import { measureFleet } from "./benchmarks/fleet";
import { growthOfFleets, growthOfSynths } from "./benchmarks/growth";
import { measureNotes } from "./benchmarks/notes";
import { measureStart } from "./benchmarks/start";
import { measureSynth } from "./benchmarks/synth";
import { measureWaves } from "./benchmarks/waves";
import { machine } from "./measure/machine";
import { type Row, table } from "./row";
import { buildYardstick } from "./yardstick";

const HELP = `npm run bench [-- options]

  --only NAMES   some of: start, synth, fleet, waves, notes, bodies (separated by commas)
  --svms LIST    numbers of SVMs (default: 10,100,1000); 5000 takes an hour more
  --nodes LIST   major versions of Node.js to measure the start with (default: 20,22,24; they come from npm)
  --out FILE     where the raw numbers go (default: bench/results/<time>.json)
`;

type Benchmark = (context: Context) => AsyncIterable<readonly Row[]>;
interface Context {
  readonly folder: string;
  readonly nodes: readonly number[];
  /** Numbers of SVMs, in ascending order. */
  readonly sizes: readonly number[];
}

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  async *start({ folder, nodes }) {
    for (const major of nodes) yield await measureStart(folder, major, 40);
  },
  async *synth({ folder, sizes }) {
    const measured = [];
    for (const svms of sizes) {
      const synth = await measureSynth(folder, svms, svms > 1000 ? 2 : 5);
      measured.push(synth);
      yield synth.rows;
    }
    yield growthOfSynths(measured);
  },
  async *fleet({ folder, sizes }) {
    const yardstick = buildYardstick(folder);
    if (yardstick === undefined) console.log("There is no Go here, so nothing is compared with a provider in Go.\n");
    const measured = [];
    for (const svms of sizes) {
      const fleet = await measureFleet(folder, { svms, ...roundsOf(svms) }, yardstick);
      measured.push(fleet);
      yield fleet.rows;
    }
    yield growthOfFleets(measured);
  },
  async *waves({ folder }) {
    yield await measureWaves(folder, { svms: 200, taskSeconds: 5, svmConcurrency: 10 });
  },
  async *notes({ folder }) {
    yield await measureNotes(folder, { svms: 100, taskSeconds: 60 });
  },
  async *bodies() {
    yield await measureBodies();
  },
};

/** What takes longer varies less. */
function roundsOf(svms: number): { readonly applies: number; readonly plans: number } {
  if (svms > 1000) return { applies: 1, plans: 1 };
  if (svms > 100) return { applies: 1, plans: 3 };
  return svms > 10 ? { applies: 3, plans: 5 } : { applies: 5, plans: 7 };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: "string", default: Object.keys(BENCHMARKS).join(",") },
      svms: { type: "string", default: "10,100,1000" },
      nodes: { type: "string", default: "20,22,24" },
      out: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "ksvla-bench-"));
  const cleanUp = () => rmSync(folder, { recursive: true, force: true });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      cleanUp();
      process.exit(1);
    });
  }
  const context = { folder, nodes: numbers(values.nodes), sizes: numbers(values.svms) };
  const started = new Date();
  const about = machine();
  console.log(`${started.toISOString()}, ${Object.values(about).join(", ")}\n`);
  const all: Row[] = [];
  try {
    for (const name of values.only.split(",")) {
      const benchmark = BENCHMARKS[name];
      if (benchmark === undefined) throw new Error(`There is no benchmark "${name}".\n\n${HELP}`);
      for await (const rows of benchmark(context)) {
        if (rows.length > 0) console.log(`${table(rows)}\n`);
        all.push(...rows);
      }
    }
  } finally {
    cleanUp();
  }
  const file = values.out ?? join(__dirname, "results", `${started.toISOString().replaceAll(":", "-")}.json`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ started, ...about, rows: all }, null, 2)}\n`);
  const minutes = (Date.now() - started.getTime()) / 60_000;
  console.log(`All of it, in ${minutes.toFixed(1)} minutes:\n\n${table(all)}\n\nThe raw numbers are in ${file}.`);
}

function numbers(list: string): readonly number[] {
  return list
    .split(",")
    .map(Number)
    .sort((a, b) => a - b);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
