/** What is seen, judged: which places are protected, and which are not or may not be. */
import type { VirtualMachine } from "../../integration-server";
import type { Scope } from "../shared/infrastructures";
import type { Seen, SeenPlace } from "../shared/seen";
import { compareVersions, newest } from "./version";

/** What `ksvla coverage --json` writes. */
export interface Coverage {
  readonly infrastructures: readonly CoveredInfrastructure[];
  readonly gaps: readonly Gap[];
}

export interface CoveredInfrastructure {
  readonly id: string;
  /** Null where not even the connection could be read. */
  readonly type: string | null;
  readonly name: string | null;
  readonly status: Seen["status"];
  readonly places: readonly CoveredPlace[];
}

export interface CoveredPlace {
  readonly id: string;
  readonly name: string;
  readonly state: string | null;
  /** True only when an SVM was seen to run there. */
  readonly covered: boolean;
  readonly svms: readonly CoveringSvm[];
}

export interface CoveringSvm {
  readonly id: string;
  readonly name: string;
  readonly state: string | null;
  readonly version: string | null;
  /** Whether the Terraform state here holds it; null where none could be read. */
  readonly managed: boolean | null;
}

export interface Gap {
  /** Its id. */
  readonly infrastructure: string;
  /** Its id; null for what is not known of an infrastructure as a whole. */
  readonly place: string | null;
  readonly reason: GapReason;
}

/** `not-running`: no SVM is `Enabled`. `old`: an older version than there should be. `unknown`: nobody can tell. */
export type GapReason = "no-svm" | "not-running" | "old" | "unknown";

export interface AssessmentOptions {
  /** Older SVMs are gaps; undefined where no version is wanted or seen. */
  readonly version: string | undefined;
  readonly isManaged: Scope["isManaged"];
}

export function assess(infrastructures: readonly Seen[], { version, isManaged }: AssessmentOptions): Coverage {
  return {
    infrastructures: infrastructures.map(({ id, type, name, status, places }) => ({
      id,
      type: type ?? null,
      name: name ?? null,
      status,
      places: places.map((place) => coveredPlace(place, (svmId) => isManaged(id, svmId))),
    })),
    gaps: infrastructures.flatMap((infrastructure) => gapsIn(infrastructure, version)),
  };
}

/** The newest version of an SVM, running or not. */
export function newestSeen(infrastructures: readonly Seen[]): string | undefined {
  const svms = infrastructures.flatMap(({ places, strays }) => [...places.flatMap((place) => place.svms), ...strays]);
  return newest(svms.flatMap(({ svmVersion }) => svmVersion ?? []));
}

function coveredPlace(
  { id, name, state, svms }: SeenPlace,
  isManaged: (svmId: string) => boolean | undefined,
): CoveredPlace {
  return {
    id,
    name,
    state: state ?? null,
    covered: svms.some(isRunning),
    svms: svms.map((svm) => ({
      id: svm.id,
      name: svm.name,
      state: svm.state ?? null,
      version: svm.svmVersion ?? null,
      managed: isManaged(svm.id) ?? null,
    })),
  };
}

/** The documents show no other state of an SVM that is in order; one that tells none may be in any. */
function isRunning({ state }: VirtualMachine): boolean {
  return state === "Enabled";
}

function gapsIn({ id, problem, places, strays, hiddenPlaces }: Seen, wanted: string | undefined): readonly Gap[] {
  const whole: Gap = { infrastructure: id, place: null, reason: "unknown" };
  if (problem !== undefined) return [whole];
  const gaps = places.flatMap((place): readonly Gap[] => {
    const gap = gapOf(place, wanted);
    // What the server names as the place of a stray is none of these, so any of them may be its own.
    const reason = gap === "no-svm" && strays.length > 0 ? "unknown" : gap;
    return reason === undefined ? [] : [{ infrastructure: id, place: place.id, reason }];
  });
  return hiddenPlaces > 0 ? [whole, ...gaps] : gaps;
}

function gapOf({ svms, hasHiddenSvm }: SeenPlace, wanted: string | undefined): GapReason | undefined {
  const running = svms.filter(isRunning);
  if (running.length > 0) return wanted === undefined ? undefined : ageGap(running, wanted);
  if (hasHiddenSvm || svms.some(({ state }) => state === undefined)) return "unknown";
  return svms.length === 0 ? "no-svm" : "not-running";
}

/** One that is new enough will do: while SVMs are upgraded, there are two. */
function ageGap(running: readonly VirtualMachine[], wanted: string): "old" | "unknown" | undefined {
  const ages = running.map(({ svmVersion }) =>
    svmVersion === undefined ? undefined : compareVersions(svmVersion, wanted),
  );
  if (ages.some((age) => age !== undefined && age >= 0)) return undefined;
  return ages.includes(undefined) ? "unknown" : "old";
}
