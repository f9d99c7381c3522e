import type { Clock } from "../clock";
import type { Infrastructure } from "./infrastructure";
import { knownPlatform } from "./looks";
import type { Platform } from "./platforms";
import type { World } from "./world";

/** What lists show of a platform: what is known of it, or less while a connection is young; see `listsAfterConnecting`. */
export function listedPlatform(world: World, clock: Clock, infrastructure: Infrastructure): Platform | undefined {
  const known = knownPlatform(world, clock, infrastructure);
  const { listsAfterConnecting, listsCompleteAfterSeconds } = world.habits;
  const young = clock.now().getTime() - infrastructure.connectingUntil.getTime();
  if (known === undefined || young >= listsCompleteAfterSeconds * 1000 * clock.timeScale) {
    return known;
  }
  switch (listsAfterConnecting) {
    case "complete":
      return known;
    case "empty":
      return only(known, () => []);
    case "withoutMachines":
      return { ...known, vms: [] };
    case "partial":
      return only(known, (objects) => objects.slice(0, Math.floor(objects.length / 2)));
  }
}

function only(platform: Platform, chosen: <Item>(items: Item[]) => Item[]): Platform {
  const vms = chosen(platform.vms);
  return platform.kind === "hypervisor"
    ? { ...platform, vms, hosts: chosen(platform.hosts) }
    : { ...platform, vms, domains: chosen(platform.domains), projects: chosen(platform.projects) };
}
