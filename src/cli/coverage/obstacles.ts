/** What stands in the way of a new SVM: places without room, and projects whose flavors do not suit it. */
import type { Seen, SeenPlace } from "../shared/seen";
import { isFor } from "./version";

export interface Obstacle {
  /** Their ids. */
  readonly infrastructure: string;
  readonly place: string;
  readonly what: "no room" | "no flavor";
  /** In words, without the place's name. */
  readonly message: string;
}

export interface ObstacleOptions {
  /** The version that SVMs have, or should have. */
  readonly version: string | undefined;
  /** A storage needs as much, as the server counts it; the documents name no unit. */
  readonly minFreeSpace: number;
}

export function obstaclesIn(infrastructures: readonly Seen[], options: ObstacleOptions): readonly Obstacle[] {
  return infrastructures.flatMap(({ id, places }) =>
    places.flatMap((place): readonly Obstacle[] => {
      const found = [lackOfRoom(place, options), lackOfFlavors(place, options)];
      return found.flatMap((obstacle) => (obstacle ? [{ infrastructure: id, place: place.id, ...obstacle }] : []));
    }),
  );
}

type Found = Pick<Obstacle, "what" | "message"> | undefined;

/** A storage that does not tell its free space may have enough. */
function lackOfRoom({ storages }: SeenPlace, { minFreeSpace }: ObstacleOptions): Found {
  if (storages === undefined) return undefined;
  if (storages.some(({ freeSpace = Number.POSITIVE_INFINITY }) => freeSpace >= minFreeSpace)) return undefined;
  const most = storages.map(({ name, freeSpace }) => `${name} has ${freeSpace}`).join(", ");
  const message = most === "" ? "no storage" : `no storage with a free space of ${minFreeSpace}: ${most}`;
  return { what: "no room", message };
}

function lackOfFlavors({ flavors }: SeenPlace, { version }: ObstacleOptions): Found {
  if (flavors === undefined || version === undefined) return undefined;
  const suits = flavors.some(({ suitableForSvmVersions }) =>
    suitableForSvmVersions.some((stated) => isFor(stated, version)),
  );
  return suits ? undefined : { what: "no flavor", message: `none of its flavors suits SVMs of version ${version}` };
}
