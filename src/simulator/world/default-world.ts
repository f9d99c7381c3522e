import type { Clock } from "../clock";
import type { Habits } from "../habits";
import type { GeneratedObjects } from "../options";
import { type DirectoryEntry, defaultAccounts, defaultDirectory, defaultServers } from "./default-directory";
import { createHypervisorInventory, createVsphereInventory } from "./default-hypervisors";
import { createOpenstackPlatform } from "./default-openstack";
import type { Identifiers } from "./identifiers";
import { watchPlatforms } from "./looks";
import { addPlatform } from "./platform-listeners";
import { type HypervisorPlatform, type HypervisorType, isOpenstackType } from "./platforms";
import { World } from "./world";

/**
 * The world a simulator starts with: every platform once, as {@link defaultDirectory} lists them, and the Integration
 * Servers of {@link defaultServers}. Nothing is trusted.
 */
export function createDefaultWorld(
  clock: Clock,
  identifiers: Identifiers,
  habits: Habits,
  size: GeneratedObjects,
): World {
  const world = new World(clock, identifiers, habits);
  for (const [index, entry] of defaultDirectory.entries()) {
    const { type } = entry;
    addPlatform(
      world,
      isOpenstackType(type)
        ? createOpenstackPlatform(identifiers, { ...entry, type }, index)
        : createHypervisor(identifiers, { ...entry, type }, size),
    );
  }
  for (const { address, password, role } of defaultServers) {
    world.cluster.servers.set(address, { address, password, role });
    world.listen(address, "https");
  }
  watchPlatforms(world, clock);
  return world;
}

function createHypervisor(
  identifiers: Identifiers,
  entry: DirectoryEntry & { readonly type: HypervisorType },
  size: GeneratedObjects,
): HypervisorPlatform {
  const { type, host, version, primary } = entry;
  const inventory =
    type === "VMWARE"
      ? createVsphereInventory(identifiers, size)
      : createHypervisorInventory(identifiers, host, primary === undefined);
  return {
    kind: "hypervisor",
    type,
    host,
    name: host.split(".", 1)[0] ?? host,
    version,
    accounts: defaultAccounts.map((account) => ({ ...account })),
    ...(primary === undefined ? {} : { primaryServerAddress: primary }),
    ...inventory,
  };
}
