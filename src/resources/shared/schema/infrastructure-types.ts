/**
 * The kinds of virtual infrastructure and how the Integration Server reaches them
 * (SVM management, "Obtaining a virtual infrastructure certificate" and "Connecting to the virtual infrastructure").
 */

import { formatAddress, mayBeSameAddress, parseAddress, sameAddress } from "../../../integration-server/address";
import {
  type InfrastructureType,
  OPENSTACK_TYPES,
  type OpenStackType,
} from "../../../integration-server/infrastructures/kinds";

export type { InfrastructureType, OpenStackType };

/** What proves the identity of an infrastructure's server: its TLS certificate or its SSH key. */
export type TrustProtocol = "https" | "ssh";

/** A certificate or key that the Integration Server has to trust before it connects. */
export interface TrustRequirement {
  readonly protocol: TrustProtocol;
  /** The port on which the certificate or key is presented where the address names none. */
  readonly port: number;
}

/** Where a certificate or key is presented. */
export interface TrustEndpoint {
  readonly protocol: TrustProtocol;
  /** `host:port`; text that is no address stays as it is. */
  readonly address: string;
}

export interface InfrastructureTypeInfo {
  /** The platform's name. */
  readonly label: string;
  /** The port that an address without one means. */
  readonly port: number;
  /** Empty for Hyper-V, whose identity is not verified. For OpenStack, only where Keystone speaks HTTPS. */
  readonly trust: readonly TrustRequirement[];
  /** Accounts belong to a domain, and projects take the place of hypervisors. */
  readonly openstack: boolean;
}

const https = (port: number): TrustRequirement => ({ protocol: "https", port });
const ssh: TrustRequirement = { protocol: "ssh", port: 22 };
/** How Hyper-V is managed from afar, unless a port says otherwise; the documents name none for it. */
const WINRM = 5985;

const hypervisor = (label: string, ...trust: readonly TrustRequirement[]) => ({
  label,
  port: trust[0]?.port ?? WINRM,
  trust,
  openstack: false,
});
const cloud = (label: string) => ({ ...hypervisor(label, https(5000)), openstack: true });

/** Every type that the Integration Server connects to, by its name in the API. */
export const INFRASTRUCTURE_TYPES = {
  HYPERV: hypervisor("Microsoft Hyper-V"),
  XEN: hypervisor("XenServer", https(443)),
  NUMAVSERVER: hypervisor("Numa vServer", https(443)),
  LIBVIRT: hypervisor("KVM", ssh),
  PROXMOX: hypervisor("Proxmox VE", https(8006), ssh),
  VMWARE: hypervisor("VMware vSphere", https(443)),
  ROSPLATFORMA: hypervisor("Skala-R", https(443)),
  BASISVCONTROL: hypervisor("Basis", https(443)),
  FUSIONCOMPUTE: hypervisor("HUAWEI FusionSphere", https(7443)),
  NUTANIXPRISM: hypervisor("Nutanix Acropolis", https(9440)),
  ALTVIRTUALIZATIONSERVER: hypervisor("Alt Virtualization Server", ssh),
  ASTRALINUX: hypervisor("Astra Linux", ssh),
  TIONIXOPENSTACK: cloud("TIONIX Cloud Platform"),
  OPENSTACK: cloud("OpenStack"),
  VKCLOUDOPENSTACK: cloud("VK Cloud platform"),
} as const satisfies Readonly<Record<InfrastructureType, InfrastructureTypeInfo>>;

export const infrastructureTypes = Object.keys(INFRASTRUCTURE_TYPES).filter(isInfrastructureType);
export const openstackTypes = OPENSTACK_TYPES;

/** What is known of a type. */
export function infrastructureType(type: InfrastructureType): InfrastructureTypeInfo {
  return INFRASTRUCTURE_TYPES[type];
}

/**
 * Where the server at an address presents what has to be trusted. A port in the address is that of
 * what the Integration Server connects to in the first place: Proxmox VE's SSH keeps its own.
 */
export function trustEndpoints(trust: readonly TrustRequirement[], address: string): readonly TrustEndpoint[] {
  return trust.map(({ protocol, port }, index) => {
    const parsed = parseAddress(address, port);
    if (parsed === undefined) return { protocol, address };
    return { protocol, address: formatAddress(index === 0 ? parsed : { ...parsed, port }) };
  });
}

/** True when both name the same server of this kind: what is configured and what the server shows differ in spelling. */
export function sameInfrastructureAddress(type: InfrastructureType, one: string, other: string): boolean {
  return sameAddress(one, other, infrastructureType(type).port);
}

/** True when the server may show the one for the other: see `mayBeSameAddress`. */
export function mayBeSameInfrastructureAddress(type: InfrastructureType, one: string, other: string): boolean {
  return mayBeSameAddress(one, other, infrastructureType(type).port);
}

export function isInfrastructureType(text: string): text is InfrastructureType {
  return Object.hasOwn(INFRASTRUCTURE_TYPES, text);
}

export function isOpenstackType(type: string): type is OpenStackType {
  return isInfrastructureType(type) && infrastructureType(type).openstack;
}

/** The types with their platforms, for descriptions. */
export function describeTypes(types: readonly InfrastructureType[]): string {
  return types.map((type) => `\`${type}\` (${INFRASTRUCTURE_TYPES[type].label})`).join(", ");
}
