import { joinAddress } from "./addresses";
import {
  connectionProfiles,
  type Endpoint,
  type HypervisorPlatform,
  type OpenstackPlatform,
  type Platform,
} from "./platforms";
import type { World } from "./world";

type Listener = Pick<Endpoint, "address" | "protocol">;

/**
 * Puts a platform on the simulated network, where it listens as its kind does.
 *
 * @param port its own, where that is not the port of its type
 * @returns the addresses as `host:port`, the platform's own first
 */
export function addPlatform(
  world: World,
  platform: Platform,
  port = connectionProfiles[platform.type].port,
): readonly string[] {
  world.platforms.set(platform.host, platform);
  const listeners =
    platform.kind === "hypervisor" ? hypervisorListeners(platform, port) : openstackListeners(platform, port);
  return listeners.map(({ address, protocol }) => world.listen(address, protocol).address);
}

function hypervisorListeners({ type, host }: HypervisorPlatform, port: number): readonly Listener[] {
  const { trust } = connectionProfiles[type];
  return trust.length === 0
    ? [{ address: joinAddress(host, port), protocol: "http" }]
    : trust.map((each) => ({ address: joinAddress(host, each.port ?? port), protocol: each.transport }));
}

function openstackListeners({ host, protocol, regions }: OpenstackPlatform, port: number): readonly Listener[] {
  const services = regions.flatMap((region) => Object.values(region.services).flat());
  return [{ address: joinAddress(host, port), protocol }, ...services];
}
