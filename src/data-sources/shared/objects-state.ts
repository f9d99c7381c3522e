/** Objects of an infrastructure as attributes: what the API may leave out is null. */
import type { Flavor, NamedObject, Storage } from "../../integration-server";

/** Some servers list things in another order each time: what reads them should not see a difference in that. */
export function inNameOrder<T extends Pick<NamedObject, "id" | "name">>(objects: readonly T[]): readonly T[] {
  return [...objects].sort((one, other) => compare(one.name, other.name) || compare(one.id, other.id));
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

export function storageState({ id, name, freeSpace }: Storage) {
  return { id, name, freeSpace: freeSpace ?? null };
}

export function flavorState({ id, name, vCpus, ramInMegabytes, diskInGigabytes, suitableForSvmVersions }: Flavor) {
  return {
    id,
    name,
    vCpus: vCpus ?? null,
    ramInMegabytes: ramInMegabytes ?? null,
    diskInGigabytes: diskInGigabytes ?? null,
    suitableForSvmVersions,
  };
}
