/**
 * Which subtask is about which SVM. A deployment's tells the SVM's name and its place, other operations' tell its id (SVM
 * management, "SVM deployment task"). What is unmistakable comes first, and what may be another one's is nobody's.
 */
import { canonicalId, isSameId } from "../ids";
import { isFinished, type Task } from "../tasks/task";
import type { SvmIdentity } from "./svm";

/** By what an SVM and its subtask are recognized: undefined where one does not have it. */
interface Criterion {
  readonly ofSvm: (svm: SvmIdentity) => string | undefined;
  readonly ofSubtask: (subtask: Task) => string | undefined;
}

/** @param svms those of a request, in its order; of a request that is not known, those that somebody asks about */
export function assign(subtasks: readonly Task[], svms: readonly SvmIdentity[]): ReadonlyMap<SvmIdentity, Task> {
  const assigned = new Map<SvmIdentity, Task>();
  const taken = new Set<Task>();
  for (const { ofSvm, ofSubtask } of criteria(subtasks, svms)) {
    const waiting = svms.filter((svm) => !assigned.has(svm));
    const free = grouped(
      subtasks.filter((subtask) => !taken.has(subtask)),
      ofSubtask,
    );
    for (const [key, alike] of grouped(waiting, ofSvm)) {
      const candidates = free.get(key) ?? [];
      // Several that are alike are in the order of the request. Until all of them have appeared, none can be told.
      if (candidates.length !== alike.length) continue;
      candidates.forEach((subtask, index) => {
        taken.add(subtask);
        const svm = alike[index];
        if (svm !== undefined) assigned.set(svm, subtask);
      });
    }
  }
  return assigned;
}

/**
 * Subtasks without those that a later attempt at the same SVM replaces: a server may try again, or show one twice. Where
 * another SVM of the request has that name, or that id, nobody can tell an attempt from its part.
 */
export function latestAttempts(subtasks: readonly Task[], svms: readonly SvmIdentity[]): readonly Task[] {
  const replaced = new Set<Task>();
  for (const { ofSvm, ofSubtask } of [byId, byNameInPlace(exactly)]) {
    const attempts = grouped(subtasks, ofSubtask);
    for (const svm of unmistakable(svms)) {
      const ofOne = attempts.get(ofSvm(svm) ?? "") ?? [];
      const latest = latestOf(ofOne);
      for (const attempt of ofOne) if (attempt !== latest) replaced.add(attempt);
    }
  }
  return subtasks.filter((subtask) => !replaced.has(subtask));
}

function unmistakable(svms: readonly SvmIdentity[]): readonly SvmIdentity[] {
  const alike = grouped(svms, (svm) => byId.ofSvm(svm) ?? nameOf(svm, withoutCase));
  return [...alike.values()].flatMap(([svm, ...others]) => (svm !== undefined && others.length === 0 ? [svm] : []));
}

function latestOf(attempts: readonly Task[]): Task | undefined {
  const succeeded = attempts.findLast(({ state }) => state === "Completed");
  return succeeded ?? attempts.findLast((attempt) => !isFinished(attempt)) ?? attempts.at(-1);
}

/** Whether a subtask of anybody's request says that it is about an SVM: by its id, else by its name in its place. */
export function names(subtask: Task, svm: SvmIdentity): boolean {
  if ("svmId" in svm) return told(subtask, "svmId", withoutCase) === withoutCase(svm.svmId);
  const { name, locationId, infrastructureId } = svm;
  const infrastructure = told(subtask, "infrastructureId", exactly);
  return (
    told(subtask, "svmName", exactly) === exactly(name) &&
    isSameId(told(subtask, "hostId", exactly), locationId) &&
    (infrastructure === undefined || isSameId(infrastructure, infrastructureId))
  );
}

/** From the strongest to the weakest. */
function criteria(subtasks: readonly Task[], svms: readonly SvmIdentity[]): readonly Criterion[] {
  const places = new Set(svms.map(placeOf));
  const tellsPlaces = subtasks.some((subtask) => places.has(placeIn(subtask)));
  // Where subtasks tell places as we do, another place is another SVM; a server may write them otherwise, too.
  const isElsewhere = (subtask: Task) => tellsPlaces && placeIn(subtask) !== undefined;
  const byName = (spelled: (name: string) => string): readonly Criterion[] => [
    byNameInPlace(spelled),
    {
      ofSvm: (svm) => nameOf(svm, spelled),
      ofSubtask: (subtask) => (isElsewhere(subtask) ? undefined : told(subtask, "svmName", spelled)),
    },
  ];
  const key = svms.some((svm) => "svmId" in svm) ? "svmId" : "svmName";
  const byTurn: Criterion = {
    ofSvm: () => "",
    ofSubtask: (subtask) => (told(subtask, key, exactly) === undefined ? "" : undefined),
  };
  // One that names nobody may be anybody's until there are as many as SVMs.
  return [byId, ...byName(exactly), ...byName(withoutCase), ...(subtasks.length === svms.length ? [byTurn] : [])];
}

const byId: Criterion = {
  ofSvm: (svm) => ("svmId" in svm ? withoutCase(svm.svmId) : undefined),
  ofSubtask: (subtask) => told(subtask, "svmId", withoutCase),
};

function byNameInPlace(spelled: (name: string) => string): Criterion {
  return {
    ofSvm: (svm) => both(nameOf(svm, spelled), placeOf(svm)),
    ofSubtask: (subtask) => both(told(subtask, "svmName", spelled), placeIn(subtask)),
  };
}

function nameOf(svm: SvmIdentity, spelled: (name: string) => string): string | undefined {
  return "name" in svm ? spelled(svm.name) : undefined;
}

/** Systems compose letters with accents in different ways. */
function exactly(text: string): string {
  return text.normalize("NFC");
}

function withoutCase(text: string): string {
  return exactly(text).toLowerCase();
}

function told({ parameters }: Task, key: string, spelled: (text: string) => string): string | undefined {
  const value = parameters[key];
  return value === undefined || value === "" ? undefined : spelled(value);
}

function placeOf(svm: SvmIdentity): string | undefined {
  return "svmId" in svm ? undefined : place(svm.infrastructureId, svm.locationId);
}

/** `hostId` is a project's id in OpenStack. */
function placeIn(subtask: Task): string | undefined {
  return place(told(subtask, "infrastructureId", exactly), told(subtask, "hostId", exactly));
}

function place(infrastructureId: string | undefined, locationId: string | undefined): string | undefined {
  return both(infrastructureId && canonicalId(infrastructureId), locationId && canonicalId(locationId));
}

function both(one: string | undefined, other: string | undefined): string | undefined {
  return one === undefined || other === undefined ? undefined : JSON.stringify([one, other]);
}

/** What has no key is in no group. */
function grouped<T>(all: readonly T[], keyOf: (one: T) => string | undefined): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}
