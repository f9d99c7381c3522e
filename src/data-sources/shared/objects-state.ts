/** Objects of an infrastructure as attributes: what the API may leave out is null. */
import type { Flavor, Storage } from "../../integration-server";

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
