/** The coverage for people at a terminal. */
import { colours } from "../shared/colours";
import { counted } from "../shared/counted";
import { table } from "../shared/table";
import type { CoveringSvm, GapReason } from "./assessment";
import type { CoverageView, InfrastructureView, PlaceView } from "./view";
import { GAP_WORDS } from "./words";

/** @param width columns of text there are; see `table` */
export function coverageText({ infrastructures }: CoverageView, width?: number): string {
  return [...infrastructures.map((each) => infrastructureText(each, width)), summary(infrastructures)].join("\n");
}

function infrastructureText(infrastructure: InfrastructureView, width: number | undefined): string {
  const { id, name, type, status, problem, placeKind, places, remarks } = infrastructure;
  const what = [...(type === null ? [] : [type]), `id ${id}`].join(", ");
  const heading = `${colours.bold(name)} (${what}): ${status}`;
  const unknown = problem === null ? [] : [`${colours.red(GAP_WORDS.unknown)}: ${problem}`];
  if (places.length === 0) return `${[heading, ...unknown, ...remarks].join("\n")}\n`;
  const covered = places.filter((place) => place.covered).length;
  const lines = [`${heading}, ${covered} of ${counted(places.length, placeKind)} covered`];
  const headings = [placeKind.toUpperCase(), "GAP", "SVM", "STATE", "VERSION", "TERRAFORM"];
  const rows = table(headings, places.flatMap(rowsOf), width === undefined ? {} : { width });
  const obstacles = places.flatMap(({ name, obstacles }) => obstacles.map((obstacle) => `${name}: ${obstacle}`));
  return `${[...lines, rows.trimEnd(), ...unknown, ...obstacles, ...remarks].join("\n")}\n`;
}

/** A row for each SVM. */
function rowsOf({ name, gap, svms }: PlaceView): readonly (readonly string[])[] {
  const mark = gap === null ? "" : gapText(gap);
  const [first, ...others] = svms.map(svmCells);
  return [[name, mark, ...(first ?? [])], ...others.map((cells) => ["", "", ...cells])];
}

function svmCells({ name, state, version, managed }: CoveringSvm): readonly string[] {
  return [name, state ?? "?", version ?? "?", managed === null ? "?" : managed ? "managed" : "-"];
}

function gapText(reason: GapReason): string {
  const colour = reason === "old" ? colours.yellow : colours.red;
  return colour(GAP_WORDS[reason]);
}

function summary(infrastructures: readonly InfrastructureView[]): string {
  const blind = infrastructures.filter(({ problem }) => problem !== null).length;
  const places = infrastructures.flatMap((each) => each.places);
  const gaps = places.flatMap(({ gap }) => gap ?? []);
  const kinds = [...new Set(gaps)].map(
    (reason) => `${gaps.filter((each) => each === reason).length} ${GAP_WORDS[reason]}`,
  );
  const parts = [
    ...(gaps.length === 0 ? [] : [`${counted(gaps.length, "gap")} (${kinds.join(", ")})`]),
    ...(blind === 0 ? [] : [`${counted(blind, "infrastructure")} of which not everything can be seen`]),
  ];
  if (parts.length > 0) return colours.bold(`${parts.join(", ")}.\n`);
  return colours.bold(`No gap: each of ${counted(places.length, "place")} has a running SVM.\n`);
}
