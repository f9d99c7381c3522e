/** From configuration and plan to what the API takes. Only the configuration has passwords. */
import type { SvmDeployment, SvmReconfiguration, SvmSettings } from "../../integration-server";
import type { Changes } from "./changes";
import { hasStaticAddress, hostNetworks, openstackNetworks } from "./networks";
import { atPlace, type HostPlace, type OpenstackPlace } from "./placement";
import type { SvmConfig, SvmPlan } from "./schema";

/** SVM management, "SVM deployment request" and its OpenStack variant. */
export function deploymentOf(config: SvmConfig, plan: SvmPlan): SvmDeployment {
  const { name, imageId, localization, skipIntegrityCheck, ksc, dns, root } = plan;
  return {
    name,
    image: { id: imageId, localization, skipIntegrityCheck },
    placement: placementOf(plan),
    ksc: kscOf(ksc),
    dns: dnsOf(dns),
    root: root === null ? undefined : { allowSsh: root.allowSsh, password: config.root?.passwordWo ?? undefined },
    klconfig: klconfigOf(config),
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
  readonly svmId: string;
  readonly changes: Changes;
  /** What klconfig has now. */
  readonly password: string;
}

/** SVM management, "SVM reconfiguration request" and its OpenStack variant: only what changes. */
export function reconfigurationOf(
  config: SvmConfig,
  plan: SvmPlan,
  { svmId, changes, password }: Reconfiguration,
): SvmReconfiguration {
  const { ksc, dns, root } = plan;
  return {
    target: targetOf(plan, svmId, changes.networks),
    currentPassword: password,
    ksc: changes.ksc ? kscOf(ksc) : undefined,
    // Static addresses are taken together with their name servers only.
    dns: changes.dns || (changes.networks && hasStaticAddress(plan)) ? dnsOf(dns) : undefined,
    root: rootOf(config, root, changes),
    klconfig: changes.klconfigPassword ? klconfigOf(config) : undefined,
  };
}

function targetOf(
  { infrastructureId, ...places }: SvmPlan,
  svmId: string,
  withNetworks: boolean,
): SvmReconfiguration["target"] {
  return atPlace<HostPlace, OpenstackPlace, SvmReconfiguration["target"]>(
    places,
    (host) => ({
      type: "host",
      infrastructureId,
      locationId: host.id,
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

function kscOf(ksc: SvmPlan["ksc"]): SvmSettings["ksc"] {
  return ksc === null ? undefined : { ...ksc, language: ksc.language ?? undefined };
}

function dnsOf(dns: SvmPlan["dns"]): SvmSettings["dns"] {
  return dns === null ? undefined : { main: dns.main, alternative: dns.alternative ?? undefined };
}

function rootOf(config: SvmConfig, root: SvmPlan["root"], { rootSsh, rootPassword }: Changes): SvmSettings["root"] {
  if (root === null || !(rootSsh || rootPassword)) return undefined;
  return {
    allowSsh: rootSsh ? root.allowSsh : undefined,
    password: rootPassword ? (config.root?.passwordWo ?? undefined) : undefined,
  };
}

function klconfigOf({ klconfig }: SvmConfig): SvmSettings["klconfig"] {
  return klconfig === null ? undefined : { password: klconfig.passwordWo };
}
