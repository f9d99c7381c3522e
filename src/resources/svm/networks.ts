/** The networks of an SVM as the API takes them. */
import type { HostNetwork, OpenStackNetwork } from "../../integration-server";
import { canonicalId } from "../../integration-server/ids";
import type { HostPlace, OpenstackPlace } from "./placement";

/** The only network is the primary one, whether or not it says so. */
export function hostNetworks({ networks }: Pick<HostPlace, "networks">): HostNetwork[] {
  return networks.map(({ id, primary, vlanId, static: address }) => ({
    id,
    primary: networks.length === 1 || primary === true,
    vlanId: vlanId ?? undefined,
    static: address ?? undefined,
  }));
}

/** The only port of all networks is the primary one, whether or not it says so. */
export function openstackNetworks({ networks }: Pick<OpenstackPlace, "networks">): OpenStackNetwork[] {
  const isSingle = networks.flatMap(({ ports }) => ports).length === 1;
  return networks.map(({ id, ports }) => ({
    id,
    ports: ports.map(({ primary, vlanId, static: address, portSecurityEnabled, securityGroupIds }) => ({
      primary: isSingle || primary === true,
      vlanId: vlanId ?? undefined,
      static: address ?? undefined,
      portSecurityEnabled: portSecurityEnabled ?? undefined,
      securityGroupIds: securityGroupIds ?? undefined,
    })),
  }));
}

interface Places {
  readonly host: Pick<HostPlace, "networks"> | null;
  readonly openstack: Pick<OpenstackPlace, "networks"> | null;
}

/** The networks of either placement, in a form that can be compared: security groups have no order, and ids no case. */
export function comparableNetworks({ host, openstack }: Places): readonly (HostNetwork | OpenStackNetwork)[] {
  if (host !== null) return hostNetworks(host).map((network) => ({ ...network, id: canonicalId(network.id) }));
  if (openstack === null) return [];
  return openstackNetworks(openstack).map(({ id, ports }) => ({
    id: canonicalId(id),
    ports: ports.map((port) => ({ ...port, securityGroupIds: port.securityGroupIds?.map(canonicalId).sort() })),
  }));
}

/** True when an address is set anywhere, which needs name servers, too. */
export function hasStaticAddress({ host, openstack }: Places): boolean {
  const adapters = [...(host?.networks ?? []), ...(openstack?.networks ?? []).flatMap(({ ports }) => ports)];
  return adapters.some((adapter) => adapter.static !== null);
}

/** The address of the primary network or port, where it is a fixed one. */
export function primaryAddress({ host, openstack }: Places): string | undefined {
  if (host !== null) return hostNetworks(host).find(({ primary }) => primary)?.static?.address;
  if (openstack === null) return undefined;
  const ports = openstackNetworks(openstack).flatMap((network) => network.ports);
  return ports.find(({ primary }) => primary)?.static?.addresses[0];
}
