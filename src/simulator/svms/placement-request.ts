/** `settings` in the requests that deploy and reconfigure SVMs: the place within a host or project, and the networks. */
import { badRequest } from "../http/api-error";
import { ipv4Address, quotedInteger, subnetMask } from "../http/scalars";
import { boolean, type Check, listOf, object, oneOf, optional, text } from "../http/shape";
import type { AdapterSettings, Placement, StaticAddressing } from "../world/svm-settings";

export interface PlacementSettings {
  readonly placement: Placement;
  readonly adapters: readonly AdapterSettings[];
}

const adapterFields = {
  vlanId: optional(quotedInteger(1, 4094)),
  isPrimary: boolean,
  type: oneOf("static", "dynamic"),
  mask: optional(subnetMask),
  gateway: optional(ipv4Address),
};

const hostNetwork = object({ id: text, ...adapterFields, ipAddress: optional(ipv4Address) });

const port = object({
  ...adapterFields,
  ipAddresses: optional(listOf(ipv4Address)),
  portSecurityEnabled: optional(boolean),
  securityGroupIds: optional(listOf(text)),
});
type Port = ReturnType<typeof port>;

const hostAdapter: Check<AdapterSettings> = (value, path) => {
  const network = hostNetwork(value, path);
  const { id, ipAddress, ...adapter } = network;
  return commonSettings(id, adapter, "ipAddress", ipAddress === undefined ? undefined : [ipAddress], path);
};

const projectNetwork = object({
  id: text,
  ports: listOf<{ readonly port: Port; readonly path: string }>((value, path) => ({ port: port(value, path), path })),
});

const projectAdapters: Check<readonly AdapterSettings[]> = (value, path) => {
  const { id, ports } = projectNetwork(value, path);
  return ports.map((each) => portAdapter(id, each.port, each.path));
};

function portAdapter(networkId: string, port: Port, path: string): AdapterSettings {
  const { ipAddresses, portSecurityEnabled, securityGroupIds, ...adapter } = port;
  if (securityGroupIds !== undefined && portSecurityEnabled !== true) {
    throw badRequest(`${path}.securityGroupIds needs "portSecurityEnabled": true beside it.`);
  }
  return {
    ...commonSettings(networkId, adapter, "ipAddresses", ipAddresses, path),
    ...(portSecurityEnabled === undefined ? {} : { portSecurityEnabled }),
    ...(securityGroupIds === undefined ? {} : { securityGroupIds }),
  };
}

function commonSettings(
  networkId: string,
  { vlanId, isPrimary, type, mask, gateway }: Omit<Port, "ipAddresses" | "portSecurityEnabled" | "securityGroupIds">,
  addressesName: "ipAddress" | "ipAddresses",
  addresses: readonly string[] | undefined,
  path: string,
): AdapterSettings {
  const common = { networkId, isPrimary, ...(vlanId === undefined ? {} : { vlanId }) };
  if (type === "dynamic") {
    if (addresses !== undefined || mask !== undefined || gateway !== undefined) {
      throw badRequest(`${path}: ${addressesName}, mask and gateway are settings of the type static, not of dynamic.`);
    }
    return common;
  }
  if (addresses === undefined || mask === undefined || gateway === undefined) {
    throw badRequest(`${path}: the type static needs ${addressesName}, mask and gateway.`);
  }
  const addressing: StaticAddressing = { addresses, mask, gateway };
  return { ...common, static: addressing };
}

const hostNetworks: Check<readonly AdapterSettings[]> = (value, path) =>
  withOnePrimary(listOf(hostAdapter)(value, path), path);

const projectNetworks: Check<readonly AdapterSettings[]> = (value, path) =>
  withOnePrimary(listOf(projectAdapters)(value, path).flat(), path);

function withOnePrimary(adapters: readonly AdapterSettings[], path: string): readonly AdapterSettings[] {
  const primaries = adapters.filter((each) => each.isPrimary).length;
  if (primaries !== 1) {
    throw badRequest(`${path} must have exactly one network with "isPrimary": true, got: ${primaries}.`);
  }
  return adapters;
}

const hostShape = object({ storageId: text, networks: hostNetworks });
const projectShape = object({
  flavorId: text,
  volumeTypeId: optional(text),
  availabilityZoneName: optional(text),
  serverGroupId: optional(text),
  networks: projectNetworks,
});

/** `settings` of a deployment, by the type of the deployment. */
export const placementSettings: Readonly<Record<Placement["type"], Check<PlacementSettings>>> = {
  host: (value, path) => {
    const { storageId, networks } = hostShape(value, path);
    return { placement: { type: "host", storageId }, adapters: networks };
  },
  openstackProject: (value, path) => {
    const { networks, ...place } = projectShape(value, path);
    return { placement: { type: "openstackProject", ...place }, adapters: networks };
  },
};

/** `settings` of a reconfiguration, by the type of the deployment; what is left out stays as it is. */
export const networkSettings: Readonly<
  Record<Placement["type"], Check<{ readonly networks?: readonly AdapterSettings[] }>>
> = {
  host: object({ networks: optional(hostNetworks) }),
  openstackProject: object({ networks: optional(projectNetworks) }),
};
