/** From configuration and plan to what the API takes. Only the configuration has passwords. */
import {
  Secret,
  type SvmDeployment,
  type SvmReconfiguration,
  type SvmSettings,
  type VirtualMachine,
} from "../../integration-server";
import type { Changes } from "./changes";
import { deploymentSettings } from "./deployment-settings";
import { hasStaticAddress, hostNetworks, openstackNetworks } from "./networks";
import { atPlace, type HostPlace, type OpenstackPlace } from "./placement";
import type { SvmConfig, SvmPlan } from "./schema";

/** SVM management, "SVM deployment request" and its OpenStack variant. */
export function deploymentOf(config: SvmConfig, plan: SvmPlan): SvmDeployment {
  const { name, imageId, localization, skipIntegrityCheck, dns } = plan;
  const { ksc, root, klconfigPassword } = deploymentSettings(config, plan);
  return {
    name,
    image: { id: imageId, localization, skipIntegrityCheck },
    placement: placementOf(plan),
    ksc: kscOf(ksc),
    dns: dnsOf(dns),
    root: { allowSsh: root.allowSsh, password: passwordOf(config) },
    klconfig: { password: new Secret(klconfigPassword) },
  };
}

function placementOf({ infrastructureId, ...places }: SvmPlan): SvmDeployment["placement"] {
  return atPlace<NonNullable<SvmPlan["host"]>, NonNullable<SvmPlan["openstack"]>, SvmDeployment["placement"]>(
    places,
    (host) => ({
      type: "host",
      infrastructureId,
      locationId: host.id,
      storageId: host.storageId,
      networks: hostNetworks(host),
    }),
    (openstack) => ({
      type: "openstackProject",
      infrastructureId,
      locationId: openstack.projectId,
      flavorId: openstack.flavorId,
      volumeTypeId: openstack.volumeTypeId ?? undefined,
      availabilityZone: openstack.availabilityZone ?? undefined,
      serverGroupId: openstack.serverGroupId ?? undefined,
      networks: openstackNetworks(openstack),
    }),
  );
}

interface Reconfiguration {
  readonly vm: VirtualMachine;
  readonly changes: Changes;
  /** What klconfig has now. */
  readonly password: string;
}

/** SVM management, "SVM reconfiguration request" and its OpenStack variant: only what changes. */
export function reconfigurationOf(
  config: SvmConfig,
  plan: SvmPlan,
  { vm, changes, password }: Reconfiguration,
): SvmReconfiguration {
  const { ksc, dns, root } = plan;
  return {
    target: targetOf(plan, vm, changes.networks),
    currentPassword: new Secret(password),
    ksc: changes.ksc && ksc !== null ? kscOf(ksc) : undefined,
    // An SVM with static addresses is reconfigured together with its name servers only, whatever changes.
    dns: changes.dns || hasStaticAddress(plan) ? dnsOf(dns) : undefined,
    root: rootOf(config, root, changes),
    klconfig: changes.klconfigPassword ? klconfigOf(config) : undefined,
  };
}

function targetOf(
  { infrastructureId, ...places }: SvmPlan,
  { id: svmId, parentId }: VirtualMachine,
  withNetworks: boolean,
): SvmReconfiguration["target"] {
  return atPlace<HostPlace, OpenstackPlace, SvmReconfiguration["target"]>(
    places,
    // Hypervisors are asked about what runs on them, while a project is what an SVM was deployed in.
    (host) => ({
      type: "host",
      infrastructureId,
      locationId: parentId ?? host.id,
      svmId,
      networks: withNetworks ? hostNetworks(host) : undefined,
    }),
    (openstack) => ({
      type: "openstackProject",
      infrastructureId,
      locationId: openstack.projectId,
      svmId,
      networks: withNetworks ? openstackNetworks(openstack) : undefined,
    }),
  );
}

function kscOf(ksc: NonNullable<SvmPlan["ksc"]>): SvmDeployment["ksc"] {
  return { ...ksc, language: ksc.language ?? undefined };
}

function dnsOf(dns: SvmPlan["dns"]): SvmSettings["dns"] {
  return dns === null ? undefined : { main: dns.main, alternative: dns.alternative ?? undefined };
}

/** The documents show whether root may sign in with every new password. */
function rootOf(config: SvmConfig, root: SvmPlan["root"], { rootSsh, rootPassword }: Changes): SvmSettings["root"] {
  if (root === null || !(rootSsh || rootPassword)) return undefined;
  return { allowSsh: root.allowSsh, password: rootPassword ? passwordOf(config) : undefined };
}

function passwordOf({ root }: SvmConfig): Secret | undefined {
  return typeof root?.passwordWo === "string" ? new Secret(root.passwordWo) : undefined;
}

function klconfigOf({ klconfig }: SvmConfig): SvmSettings["klconfig"] {
  return klconfig === null ? undefined : { password: new Secret(klconfig.passwordWo) };
}
