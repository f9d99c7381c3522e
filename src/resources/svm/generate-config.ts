/** What an SVM's configuration needs beside what the API tells of the SVM, so that Terraform accepts it. */
import type { GenerateConfigRequest, GeneratedConfig } from "../../terraform";
import type { HostPlace, OpenstackPlace } from "./placement";
import type { SvmAttributes, SvmState } from "./schema";

/** For the ids that an SVM has to be given and that nobody can read: they matter when the SVM is deployed anew. */
const UNREAD = "unknown";

export function generateConfig({
  config,
  state,
}: GenerateConfigRequest<SvmAttributes>): GeneratedConfig<SvmAttributes> {
  return { ...config, ...completed(state) };
}

/** What an imported state leaves open, as a configuration needs it. */
export function completed({ imageId, host, openstack }: Pick<SvmState, "imageId" | "host" | "openstack">) {
  return {
    imageId: imageId ?? UNREAD,
    host: host && { ...host, storageId: host.storageId ?? UNREAD, networks: withPrimary(host.networks) },
    openstack: openstack && {
      ...openstack,
      flavorId: openstack.flavorId ?? UNREAD,
      networks: withPrimaryPort(openstack.networks),
    },
  };
}

const UNREAD_PORT = { primary: null, vlanId: null, static: null, portSecurityEnabled: null, securityGroupIds: null };

/** The API does not tell which one is the primary; one has to be, where there are several. There is at least one. */
function withPrimary(networks: HostPlace["networks"]): HostPlace["networks"] {
  if (networks.length === 0) return [{ id: UNREAD, primary: null, vlanId: null, static: null }];
  const isSettled = networks.length < 2 || networks.some(({ primary }) => primary === true);
  return isSettled ? networks : networks.map((network, index) => ({ ...network, primary: index === 0 }));
}

/** The same for the ports of all networks together. Those with security groups have port security. */
function withPrimaryPort(networks: OpenstackPlace["networks"]): OpenstackPlace["networks"] {
  if (networks.length === 0) return [{ id: UNREAD, ports: [UNREAD_PORT] }];
  const all = networks.flatMap(({ ports }) => ports);
  const isSettled = all.length < 2 || all.some(({ primary }) => primary === true);
  return networks.map(({ id, ports }) => ({
    id,
    ports: ports.map((port) => ({
      ...port,
      primary: isSettled ? port.primary : port === all[0],
      portSecurityEnabled: port.portSecurityEnabled ?? (port.securityGroupIds === null ? null : true),
    })),
  }));
}
