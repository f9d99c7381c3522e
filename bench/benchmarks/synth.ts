/** Synthesis of fleets that are placed by name, beside as many resources of CDKTF's own. */
import { join } from "node:path";
import { inTurns, median, ratio } from "../measure/rounds";
import { type Row, seconds } from "../row";
import { synthesize } from "../synthesize";

/** 0.5 s, where the plain resources take 0.23 s. */
const AIM = 2.2;

export interface MeasuredSynth {
  readonly svms: number;
  readonly rows: readonly Row[];
  /** Seconds. */
  readonly fleet: readonly number[];
  readonly plain: readonly number[];
}

/** A fleet has a look-up for each SVM, so there are two plain resources for each. */
export async function measureSynth(folder: string, svms: number, rounds: number): Promise<MeasuredSynth> {
  const places = Array.from({ length: svms }, (_, index) => ({ host: `esx-${String(index + 1).padStart(4, "0")}` }));
  const fleet = { infrastructureId: "infrastructure", imageId: "image", svmConcurrency: 10, places };
  const measured = await inTurns(rounds, {
    fleet: () => synthesize({ kind: "fleet", outdir: join(folder, "synth-fleet"), fleet }),
    plain: () => synthesize({ kind: "plain", outdir: join(folder, "synth-plain"), count: 2 * svms }),
  });
  const row: Row = {
    what: `synth of ${svms} SVMs, by name`,
    took: seconds(median(measured.fleet)),
    against: `${2 * svms} plain resources: ${seconds(median(measured.plain))}`,
    figure: ratio(measured.fleet, measured.plain),
    aim: svms === 1000 ? AIM : undefined,
    raw: measured,
  };
  return { svms, rows: [row], ...measured };
}
