/** How what a run takes grows with the number of SVMs, beside how it grows with the yardstick. */
import { median } from "../measure/rounds";
import type { Row } from "../row";
import type { MeasuredFleet } from "./fleet";
import type { MeasuredSynth } from "./synth";

/** Seconds by number of SVMs, of ours and of what it is compared with. */
export interface Growing {
  readonly svms: number;
  readonly ours: readonly number[];
  readonly others: readonly number[];
}

export function growthOfFleets(fleets: readonly MeasuredFleet[]): readonly Row[] {
  return (["plan", "apply"] as const).flatMap((operation) =>
    growth(
      `${operation}, by id`,
      "Go provider",
      fleets.map(({ svms, results }) => ({
        svms,
        ours: results[operation].byId.map(({ wall }) => wall),
        others: results[operation].yardstick.map(({ wall }) => wall),
      })),
    ),
  );
}

export function growthOfSynths(synths: readonly MeasuredSynth[]): readonly Row[] {
  return growth(
    "synth",
    "plain resources",
    synths.map(({ svms, fleet, plain }) => ({ svms, ours: fleet, others: plain })),
  );
}

/** From each number of SVMs to the next. */
function growth(what: string, other: string, measured: readonly Growing[]): readonly Row[] {
  return measured.slice(1).flatMap((more, index) => {
    const fewer = measured[index];
    if (fewer === undefined || more.others.length === 0) return [];
    const ours = median(more.ours) / median(fewer.ours);
    const others = median(more.others) / median(fewer.others);
    return {
      what: `${what}: from ${fewer.svms} to ${more.svms} SVMs`,
      took: `${ours.toFixed(1)} ×`,
      against: `${other}: ${others.toFixed(1)} ×`,
      figure: ours / others,
      aim: 1,
      raw: { ours, others },
    };
  });
}
