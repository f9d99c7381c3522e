/** Everything that people are shown of the coverage, at a terminal or on the page: plain data. */

import type { Seen, SeenPlace } from "../shared/seen";
import type { Coverage, CoveringSvm, GapReason } from "./assessment";
import type { Obstacle } from "./obstacles";
import { byName, nameOf, placeName } from "./words";

export interface CoverageView {
  /** The Integration Server, as host:port. */
  readonly server: string;
  /** When it was looked at; ISO 8601. */
  readonly at: string;
  /** What running SVMs are compared with; null where none was seen. */
  readonly version: string | null;
  readonly infrastructures: readonly InfrastructureView[];
}

export interface InfrastructureView {
  readonly id: string;
  readonly name: string;
  readonly type: string | null;
  readonly address: string | null;
  readonly status: string;
  /** Why nothing is known of what is in it, or not everything; null where nothing is missing. */
  readonly problem: string | null;
  /** What its places are. */
  readonly placeKind: "hypervisor" | "project";
  /** Those with gaps first, then by name. */
  readonly places: readonly PlaceView[];
  /** What belongs to none of its places. */
  readonly remarks: readonly string[];
}

export interface PlaceView {
  readonly id: string;
  readonly name: string;
  readonly state: string | null;
  readonly covered: boolean;
  readonly gap: GapReason | null;
  readonly svms: readonly CoveringSvm[];
  /** What stands in the way of a new SVM. */
  readonly obstacles: readonly string[];
  /** Of storages and flavors, a line each. */
  readonly resources: readonly string[];
}

export function viewOf(
  seen: readonly Seen[],
  { infrastructures, gaps }: Coverage,
  obstacles: readonly Obstacle[],
  circumstances: Pick<CoverageView, "server" | "at" | "version">,
): CoverageView {
  const reasons = new Map(gaps.map(({ infrastructure, place, reason }) => [key(infrastructure, place), reason]));
  const inTheWay = new Map<string, string[]>();
  for (const { infrastructure, place, message } of obstacles) {
    const messages = inTheWay.get(key(infrastructure, place)) ?? [];
    inTheWay.set(key(infrastructure, place), [...messages, message]);
  }
  return {
    ...circumstances,
    infrastructures: seen.map((each, index): InfrastructureView => {
      const { id, type = null, address = null, status } = each;
      const covered = infrastructures[index]?.places ?? [];
      const isTwice = twice(each.places.map(placeName));
      const places = each.places.map((place, at): PlaceView => {
        const { covered: isCovered = false, svms = [] } = covered[at] ?? {};
        return {
          id: place.id,
          name: isTwice(placeName(place)) ? `${placeName(place)} (${place.id})` : placeName(place),
          state: place.state ?? null,
          covered: isCovered,
          gap: reasons.get(key(id, place.id)) ?? null,
          svms,
          obstacles: inTheWay.get(key(id, place.id)) ?? [],
          resources: resourcesOf(place),
        };
      });
      const placeKind = each.isOpenstack ? "project" : "hypervisor";
      const name = nameOf(each);
      return {
        id,
        name,
        type,
        address,
        status,
        problem: problemOf(each),
        placeKind,
        places: places.sort(gapsFirst),
        remarks: remarksOn(each),
      };
    }),
  };
}

/** Whether a name is among these more than once. */
function twice(names: readonly string[]): (name: string) => boolean {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const name of names) (seen.has(name) ? again : seen).add(name);
  return (name) => again.has(name);
}

const key = (infrastructure: string, place: string | null): string => JSON.stringify([infrastructure, place]);

function gapsFirst(one: PlaceView, other: PlaceView): number {
  return Number(one.gap === null) - Number(other.gap === null) || byName(one.name, other.name);
}

function resourcesOf({ storages = [], flavors = [] }: SeenPlace): readonly string[] {
  return [
    ...storages.map(({ name, freeSpace }) => `storage ${name}: ${freeSpace ?? "?"} free`),
    ...flavors.map(({ name, suitableForSvmVersions: versions }) =>
      versions.length === 0 ? `flavor ${name}: for no SVM` : `flavor ${name}: for SVMs ${versions.join(", ")}`,
    ),
  ];
}

/** What makes it a gap as a whole. */
function problemOf({ problem, hiddenPlaces }: Seen): string | null {
  if (problem !== undefined) return problem;
  return hiddenPlaces === 0 ? null : `The server lists ${hiddenPlaces} more without an id, of which nobody can tell.`;
}

function remarksOn({ strays }: Seen): readonly string[] {
  return strays.map(
    ({ name, parentId }) => `The SVM ${name} is on none of them; the server says it is on ${parentId ?? "nothing"}.`,
  );
}
