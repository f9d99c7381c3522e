import type { PresentedCertificate } from "./certificates";

/** The platforms that are no OpenStack, as `POST /infrastructures` spells them. */
export const hypervisorTypes = [
  "HYPERV",
  "XEN",
  "NUMAVSERVER",
  "LIBVIRT",
  "PROXMOX",
  "VMWARE",
  "ROSPLATFORMA",
  "BASISVCONTROL",
  "FUSIONCOMPUTE",
  "NUTANIXPRISM",
  "ALTVIRTUALIZATIONSERVER",
  "ASTRALINUX",
] as const;

/** The platforms reached through Keystone, as `POST /infrastructures` spells them. */
export const openstackTypes = ["TIONIXOPENSTACK", "OPENSTACK", "VKCLOUDOPENSTACK"] as const;

export type HypervisorType = (typeof hypervisorTypes)[number];
export type OpenstackType = (typeof openstackTypes)[number];
export type InfrastructureType = HypervisorType | OpenstackType;

/** Whether a platform is reached through Keystone. */
export function isOpenstackType(type: InfrastructureType): type is OpenstackType {
  return openstackTypes.some((candidate) => candidate === type);
}

export type Transport = "https" | "ssh";

/** The port and the certificates of one kind of platform ("Obtaining a virtual infrastructure certificate"). */
export interface ConnectionProfile {
  /** The port that an address without one means. */
  readonly port: number;
  /** What has to be trusted before a connection works; a port of its own where it is not the main one. */
  readonly trust: readonly { readonly transport: Transport; readonly port?: number }[];
}

const https = (port: number): ConnectionProfile => ({ port, trust: [{ transport: "https" }] });
const ssh: ConnectionProfile = { port: 22, trust: [{ transport: "ssh" }] };

/** Standard port and trust of every platform; Hyper-V is never verified, Proxmox VE is verified twice. */
export const connectionProfiles: Readonly<Record<InfrastructureType, ConnectionProfile>> = {
  HYPERV: { port: 5985, trust: [] },
  XEN: https(443),
  NUMAVSERVER: https(443),
  LIBVIRT: ssh,
  PROXMOX: { port: 8006, trust: [{ transport: "https" }, { transport: "ssh", port: 22 }] },
  VMWARE: https(443),
  ROSPLATFORMA: https(443),
  BASISVCONTROL: https(443),
  FUSIONCOMPUTE: https(7443),
  NUTANIXPRISM: https(9440),
  ALTVIRTUALIZATIONSERVER: ssh,
  ASTRALINUX: ssh,
  TIONIXOPENSTACK: https(5000),
  OPENSTACK: https(5000),
  VKCLOUDOPENSTACK: https(5000),
};

/** What an account of a platform may do: deploy SVMs, only look, or log in and nothing else. */
export type AccountRole = "admin" | "readOnly" | "none";

export interface Account {
  name: string;
  password: string;
  role: AccountRole;
  /** OpenStack only: the domain the account belongs to. */
  domain?: string;
}

/** Why an address does not answer as it should: nobody is there, or the service behind it is broken. */
export type Outage = "NETWORK_ERROR" | "SERVER_ERROR";

/** Something that listens on an address of the simulated network. */
export interface Endpoint {
  /** `host:port`. */
  readonly address: string;
  readonly protocol: "https" | "http" | "ssh";
  /** What it presents; nothing for plain http. */
  certificate?: PresentedCertificate;
  /** Set to break it, delete to mend it. */
  outage?: Outage;
}

export interface NamedObject {
  readonly id: string;
  name: string;
}

export interface Storage extends NamedObject {
  /** Bytes. */
  freeSpace: number;
}

/** A hypervisor host with the networks and storages an SVM can use. */
export interface Host extends NamedObject {
  state: string;
  networks: NamedObject[];
  storages: Storage[];
}

export interface NetworkAdapter {
  /** The network's id. */
  readonly id: string;
  /** The network's name. */
  name: string;
  /** OpenStack only. */
  securityGroups?: NamedObject[];
}

export interface VirtualMachine extends NamedObject {
  /** The host or OpenStack project it runs in. */
  parentId: string;
  /** OpenStack only: the hypervisor it runs on, which no list shows. */
  hypervisorId?: string;
  state: string;
  networkAdapters: NetworkAdapter[];
  isSvm: boolean;
  /** SVMs only. */
  svmVersion?: string;
}

/** A hypervisor or management server and what it manages. */
export interface HypervisorPlatform {
  readonly kind: "hypervisor";
  readonly type: HypervisorType;
  /** The host name or IP address, without port. */
  readonly host: string;
  name: string;
  version: string;
  accounts: Account[];
  /** XEN and NUMAVSERVER: set on a secondary server, which refuses connections and names its primary. */
  primaryServerAddress?: string;
  hosts: Host[];
  vms: VirtualMachine[];
}

export interface Flavor extends NamedObject {
  vCpus: number;
  ramInMegabytes: number;
  diskInGigabytes: number;
  suitableForSvmVersions: string[];
}

export interface OpenstackProject extends NamedObject {
  domainId: string;
  networks: NamedObject[];
  volumeTypes: NamedObject[];
  securityGroups: NamedObject[];
  serverGroups: NamedObject[];
  flavors: Flavor[];
  availabilityZones: { name: string }[];
}

export const microserviceNames = ["compute", "glance", "neutron", "cinder"] as const;
export type MicroserviceName = (typeof microserviceNames)[number];

export interface Microservice {
  /** `host:port`; certificate and outage are those of the endpoint with this address. */
  readonly address: string;
  readonly protocol: "https" | "http";
  version: string;
}

export interface Region {
  readonly id: string;
  readonly services: Record<MicroserviceName, Microservice[]>;
}

/** A cloud behind a Keystone microservice. */
export interface OpenstackPlatform {
  readonly kind: "openstack";
  readonly type: OpenstackType;
  /** Keystone's host name or IP address, without port. */
  readonly host: string;
  name: string;
  version: string;
  edition: string;
  /** What Keystone speaks. */
  readonly protocol: "https" | "http";
  accounts: Account[];
  regions: Region[];
  /** What instances run on; no list shows them. */
  readonly hypervisors: readonly NamedObject[];
  domains: NamedObject[];
  projects: OpenstackProject[];
  vms: VirtualMachine[];
}

export type Platform = HypervisorPlatform | OpenstackPlatform;
