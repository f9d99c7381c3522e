/**
 * The network adapters that an SVM has, against the networks that it should have. What an adapter does not show, such as
 * its addresses, is taken to be as configured.
 */
import type { NetworkAdapter, VirtualMachine } from "../../integration-server";
import { canonicalId, isSameId } from "../../integration-server/ids";
import type { HostPlace, OpenstackPlace, Placed } from "./placement";

type HostNetwork = HostPlace["networks"][number];
type Network = OpenstackPlace["networks"][number];
type Port = Network["ports"][number];
type Places = Pick<Placed, "host" | "openstack">;

/**
 * True when the SVM has the adapters that its networks ask for. An infrastructure that shows none, or some without their
 * ids, tells nothing.
 */
export function hasAdaptersFor({ host, openstack }: Places, vm: VirtualMachine): boolean {
  const { networkAdapters: adapters, showsAllAdapters } = vm;
  if (adapters.length === 0 || !showsAllAdapters) return true;
  if (host !== null) {
    const { matched, left } = assign(host.networks, adapters, [isOnNetwork]);
    return left.length === 0 && !matched.includes(undefined);
  }
  const wanted = openstack === null ? [] : portsOf(openstack);
  const { matched, left } = assign(wanted, adapters, [isOnPort]);
  return left.length === 0 && !matched.includes(undefined);
}

/** Ids of networks are a hypervisor's own: those of an SVM that has moved are nothing to compare with. */
export function isWherePlaced({ host }: Pick<Places, "host">, { parentId }: Pick<VirtualMachine, "parentId">): boolean {
  return host === null || parentId === undefined || isSameId(parentId, host.id);
}

/** The placement with the networks that the SVM really has; as it is when they are those. */
export function observedPlacement(places: Places, vm: VirtualMachine): Places {
  if (hasAdaptersFor(places, vm)) return places;
  const { host, openstack } = places;
  return {
    host: host && { ...host, networks: observedHostNetworks(host.networks, vm.networkAdapters) },
    openstack: openstack && { ...openstack, networks: observedOpenstackNetworks(openstack, vm.networkAdapters) },
  };
}

/** The networks of adapters of which nothing else is known. */
export function observedHostNetworks(
  known: readonly HostNetwork[],
  adapters: readonly NetworkAdapter[],
): readonly HostNetwork[] {
  const { matched, left } = assign(known, adapters, [isOnNetwork]);
  const kept = known.filter((_, index) => matched[index] !== undefined);
  return [...kept, ...left.map(({ id }) => ({ id, primary: null, vlanId: null, static: null }))];
}

/** The same for OpenStack, where an adapter is a port and shows its security groups, too. */
export function observedOpenstackNetworks(
  known: Pick<OpenstackPlace, "networks">,
  adapters: readonly NetworkAdapter[],
): readonly Network[] {
  const wanted = portsOf(known);
  const { matched, left } = assign(wanted, adapters, [isOnPort, isOnNetwork]);
  const kept = wanted.flatMap(({ id, port }, index) => {
    const adapter = matched[index];
    return adapter === undefined ? [] : [{ id, port: withGroups(port, adapter) }];
  });
  return byNetwork([...kept, ...left.map((adapter) => ({ id: adapter.id, port: observedPort(adapter) }))]);
}

interface PlacedPort {
  readonly id: string;
  readonly port: Port;
}

function portsOf({ networks }: Pick<OpenstackPlace, "networks">): readonly PlacedPort[] {
  return networks.flatMap(({ id, ports }) => ports.map((port) => ({ id, port })));
}

function byNetwork(ports: readonly PlacedPort[]): readonly Network[] {
  const firsts = ports.filter(({ id }, index) => ports.findIndex((port) => isSameId(port.id, id)) === index);
  return firsts.map(({ id }) => ({
    id,
    ports: ports.filter((port) => isSameId(port.id, id)).map(({ port }) => port),
  }));
}

const isOnNetwork = ({ id }: { readonly id: string }, adapter: NetworkAdapter): boolean => isSameId(adapter.id, id);

/** Security groups that are not configured are OpenStack's own affair. */
function isOnPort({ id, port }: PlacedPort, adapter: NetworkAdapter): boolean {
  return (
    isSameId(adapter.id, id) && (port.securityGroupIds === null || isSameSet(port.securityGroupIds, groupsOf(adapter)))
  );
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  const spelled = (ids: readonly string[]) => ids.map(canonicalId).sort().join("\n");
  return spelled(some) === spelled(others);
}

export const groupsOf = ({ securityGroups }: NetworkAdapter): string[] => securityGroups.map(({ id }) => id);

function withGroups(port: Port, adapter: NetworkAdapter): Port {
  const { securityGroupIds } = port;
  const isAsConfigured = securityGroupIds === null || isSameSet(securityGroupIds, groupsOf(adapter));
  return isAsConfigured ? port : { ...port, securityGroupIds: groupsOf(adapter) };
}

function observedPort(adapter: NetworkAdapter): Port {
  const groups = groupsOf(adapter);
  return {
    primary: null,
    vlanId: null,
    static: null,
    portSecurityEnabled: null,
    securityGroupIds: groups.length === 0 ? null : groups,
  };
}

interface Assignment<C> {
  /** What each of the wanted got. */
  readonly matched: readonly (C | undefined)[];
  readonly left: readonly C[];
}

/** Gives each of the wanted at most one candidate; earlier tests win over later ones. */
function assign<W, C>(
  wanted: readonly W[],
  candidates: readonly C[],
  tests: readonly ((wanted: W, candidate: C) => boolean)[],
): Assignment<C> {
  const left = [...candidates];
  const matched: (C | undefined)[] = wanted.map(() => undefined);
  for (const test of tests) {
    for (const [index, want] of wanted.entries()) {
      if (matched[index] !== undefined) continue;
      const at = left.findIndex((candidate) => test(want, candidate));
      if (at >= 0) [matched[index]] = left.splice(at, 1);
    }
  }
  return { matched, left };
}
