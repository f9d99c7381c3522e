/** What the page knows: what it was given, and what of that is asked for. */
import type { CoverageView, InfrastructureView, PlaceView } from "../view";

/** How a place stands; each one is shown by a colour of its own and, for whoever sees no colours, by a sign and a word. */
export type Standing = "covered" | "no-svm" | "not-running" | "old" | "unknown";

export const STANDINGS: Readonly<Record<Standing, { readonly sign: string; readonly word: string }>> = {
  "no-svm": { sign: "✕", word: "no SVM" },
  "not-running": { sign: "‖", word: "not running" },
  unknown: { sign: "?", word: "unknown" },
  old: { sign: "↓", word: "old" },
  covered: { sign: "✓", word: "no gap" },
};

export const ALL_STANDINGS = Object.keys(STANDINGS) as readonly Standing[];

export function standingOf({ gap }: Pick<PlaceView, "gap">): Standing {
  return gap ?? "covered";
}

/** What is asked for. */
export interface Wanted {
  /** Words, all of which have to be found in a place, its infrastructure or its SVMs. */
  readonly text: string;
  /** Undefined: any. */
  readonly standing: Standing | undefined;
}

/** A place, and everything that it is found by. */
export interface Entry {
  readonly infrastructure: InfrastructureView;
  readonly place: PlaceView;
  readonly standing: Standing;
  readonly text: string;
}

export function entriesOf(infrastructure: InfrastructureView): readonly Entry[] {
  const { name, type, id } = infrastructure;
  return infrastructure.places.map((place) => {
    const standing = standingOf(place);
    const svms = place.svms.flatMap((svm) => [svm.name, svm.version ?? "", svm.state ?? "", svm.id]);
    const words = [place.name, place.id, place.state ?? "", name, type ?? "", id, STANDINGS[standing].word, ...svms];
    return { infrastructure, place, standing, text: searchable([...words, ...place.obstacles]) };
  });
}

/** What cannot be seen of an infrastructure is found by this. */
export function blindEntry({ name, type, id, problem }: InfrastructureView): Pick<Entry, "standing" | "text"> {
  return { standing: "unknown", text: searchable([name, type ?? "", id, problem ?? ""]) };
}

export function isWanted({ standing, text }: Pick<Entry, "standing" | "text">, wanted: Wanted): boolean {
  if (wanted.standing !== undefined && wanted.standing !== standing) return false;
  return normal(wanted.text)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function searchable(words: readonly string[]): string {
  return normal(words.join("\n"));
}

/** Neither case nor the way in which accents are composed matters. */
function normal(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

/** How many places stand in each way; what cannot be seen of an infrastructure counts as one that is unknown. */
export function countsOf({ infrastructures }: CoverageView): Readonly<Record<Standing, number>> {
  const counts = { covered: 0, "no-svm": 0, "not-running": 0, old: 0, unknown: 0 };
  for (const { problem, places } of infrastructures) {
    if (problem !== null) counts.unknown += 1;
    for (const place of places) counts[standingOf(place)] += 1;
  }
  return counts;
}
