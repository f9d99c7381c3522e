import type { Clock } from "../clock";
import type { Habits } from "../habits";
import type { InventorySize } from "../options";
import { joinAddress } from "./addresses";
import { type DirectoryEntry, defaultAccounts, defaultDirectory, defaultServers } from "./default-directory";
import { createHypervisorInventory, createVsphereInventory } from "./default-hypervisors";
import { createOpenstackPlatform } from "./default-openstack";
import type { Identifiers } from "./identifiers";
import { watchPlatforms } from "./looks";
import { connectionProfiles, type HypervisorType, isOpenstackType, type OpenstackPlatform } from "./platforms";
import { World } from "./world";

/**
 * The world a simulator starts with: every platform once, as {@link defaultDirectory} lists them, and the Integration
 * Servers of {@link defaultServers}. Nothing is trusted.
 */
export function createDefaultWorld(clock: Clock, identifiers: Identifiers, habits: Habits, size: InventorySize): World {
  const world = new World(clock, identifiers, habits);
  for (const [index, entry] of defaultDirectory.entries()) {
    const { type } = entry;
    if (isOpenstackType(type)) {
      const platform = createOpenstackPlatform(identifiers, { ...entry, type }, index);
      world.platforms.set(entry.host, platform);
      listenOpenstack(world, platform);
    } else {
      addHypervisor(world, { ...entry, type }, size);
    }
  }
  for (const { address, password, role } of defaultServers) {
    world.cluster.servers.set(address, { address, password, role });
    world.listen(address, "https");
  }
  watchPlatforms(world, clock);
  return world;
}

function addHypervisor(
  world: World,
  entry: DirectoryEntry & { readonly type: HypervisorType },
  size: InventorySize,
): void {
  const { type, host, version, primary } = entry;
  const inventory =
    type === "VMWARE"
      ? createVsphereInventory(world.identifiers, size)
      : createHypervisorInventory(world.identifiers, host, primary === undefined);
  world.platforms.set(host, {
    kind: "hypervisor",
    type,
    host,
    name: host.split(".", 1)[0] ?? host,
    version,
    accounts: defaultAccounts.map((account) => ({ ...account })),
    ...(primary === undefined ? {} : { primaryServerAddress: primary }),
    ...inventory,
  });
  const { port, trust } = connectionProfiles[type];
  const listeners = trust.map((each) => ({ port: each.port ?? port, transport: each.transport }));
  for (const each of listeners.length === 0 ? [{ port, transport: "http" as const }] : listeners) {
    world.listen(joinAddress(host, each.port), each.transport);
  }
}

function listenOpenstack(world: World, platform: OpenstackPlatform): void {
  world.listen(joinAddress(platform.host, connectionProfiles[platform.type].port), platform.protocol);
  const services = platform.regions.flatMap((region) => Object.values(region.services).flat());
  for (const { address, protocol } of services) {
    world.listen(address, protocol);
  }
}
