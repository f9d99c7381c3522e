import type { Clock } from "../clock";
import type { Habits } from "../habits";
import { splitAddress } from "../world/addresses";
import { defaultServers } from "../world/default-directory";
import type { Identifiers } from "../world/identifiers";
import type { ImageFile } from "../world/images";
import type { Credentials } from "../world/infrastructure";
import { watchPlatforms } from "../world/looks";
import { addPlatform } from "../world/platform-listeners";
import { type Account, type AccountRole, connectionProfiles, type Platform } from "../world/platforms";
import { World } from "../world/world";
import type { HypervisorEntry, ImageEntry, Inventory, OpenstackEntry } from "./inventory";
import { createPlatform } from "./platform";

const defaultImageSize = Math.round(2.1 * 1024 ** 3);

/**
 * The world of an inventory: its infrastructures and no others. Of what it says nothing about, the simulator's own is there.
 *
 * @throws RangeError that names what does not fit together, such as a network that a machine's place does not have
 */
export function createInventoryWorld(
  clock: Clock,
  identifiers: Identifiers,
  habits: Habits,
  inventory: Inventory,
): World {
  const world = new World(clock, identifiers, habits);
  for (const [index, entry] of inventory.infrastructures.entries()) {
    addInfrastructureEntry(world, entry, index);
  }
  if (inventory.images !== undefined) {
    world.imageFiles.clear();
    for (const image of inventory.images) {
      world.imageFiles.set(image.manifestPath, imageFile(image));
    }
  }
  const [{ password: serverPassword } = { password: "" }] = defaultServers;
  for (const { address, password = serverPassword, role = "Standalone" } of inventory.servers ?? defaultServers) {
    world.cluster.servers.set(address, { address, password, role });
    world.listen(address, "https");
  }
  watchPlatforms(world, clock);
  return world;
}

function addInfrastructureEntry(world: World, entry: HypervisorEntry | OpenstackEntry, index: number): void {
  const { host, port } = splitAddress(entry.address, connectionProfiles[entry.type].port);
  const { platform, settings } = createPlatform(world.identifiers, entry, host, index);
  const addresses = addPlatform(world, platform, port);
  for (const { address, thumbprint, data } of entry.certificates ?? []) {
    const endpoint = world.endpoint(address);
    endpoint.certificate = {
      thumbprint: thumbprint.toUpperCase(),
      data: data ?? endpoint.certificate?.data ?? "",
    };
  }
  const [own = ""] = addresses;
  if (entry.outage !== undefined) {
    world.endpoint(own).outage = entry.outage;
  }
  for (const [id, svmSettings] of settings) {
    world.svms.update(id, {}, svmSettings);
  }
  if (entry.connected) {
    connect(world, entry, platform, addresses);
  }
}

/** As if somebody had trusted everything there, and added the connection, long ago. */
function connect(
  world: World,
  entry: HypervisorEntry | OpenstackEntry,
  platform: Platform,
  addresses: readonly string[],
): void {
  world.trust(...addresses);
  const id = entry.id ?? world.identifiers.uuid(`infrastructure at ${entry.address}`);
  const admin = credentials(platform.accounts, "admin");
  if (admin === undefined) {
    throw new RangeError(`${entry.address} is connected, but has no account with the role admin.`);
  }
  const readOnly = credentials(platform.accounts, "readOnly");
  world.infrastructures.set(id, {
    id,
    type: entry.type,
    address: entry.address,
    ...(platform.kind === "openstack"
      ? { specificSettings: { protocol: platform.protocol, ...onlyRegion(platform.regions) } }
      : {}),
    accounts: { admin, ...(readOnly === undefined ? {} : { readOnly }) },
    connectingUntil: new Date(0),
  });
}

function credentials(accounts: readonly Account[], role: AccountRole): Credentials | undefined {
  const account = accounts.find((each) => each.role === role);
  if (account === undefined) {
    return undefined;
  }
  const { name, password, domain } = account;
  return { name, password, ...(domain === undefined ? {} : { domain }) };
}

function onlyRegion(regions: readonly { readonly id: string }[]): { readonly region?: string } {
  const [region, ...others] = regions;
  return region === undefined || others.length > 0 ? {} : { region: region.id };
}

function imageFile({ manifestPath, svmVersion, size = defaultImageSize, tampered = false }: ImageEntry): ImageFile {
  return {
    manifestPath,
    svmVersion,
    size,
    productName: `Simulated SVM ${svmVersion}`,
    description: { en: `A simulated SVM, version ${svmVersion}.`, ru: `Имитация SVM версии ${svmVersion}.` },
    tampered,
  };
}
