import type { OtherServer } from "./cluster";
import type { Account, InfrastructureType } from "./platforms";

/** One address of the simulated network that can be connected to. */
export interface DirectoryEntry {
  readonly type: InfrastructureType;
  readonly host: string;
  readonly version: string;
  /** What a reader should know before connecting. */
  readonly remark: string;
  /** Set on a secondary server. */
  readonly primary?: string;
  /** OpenStack: what Keystone speaks. @default "https" */
  readonly protocol?: "https" | "http";
}

/** Every platform of the documents, by address. Any other address does not answer. */
export const defaultDirectory: readonly DirectoryEntry[] = [
  { type: "HYPERV", host: "hyperv.example.test", version: "10.0.20348", remark: "no certificate to trust" },
  { type: "XEN", host: "xen-primary.example.test", version: "8.2.1", remark: "" },
  {
    type: "XEN",
    host: "xen-secondary.example.test",
    version: "8.2.1",
    remark: "secondary: refuses, and names its primary",
    primary: "xen-primary.example.test",
  },
  { type: "NUMAVSERVER", host: "numa-primary.example.test", version: "1.1", remark: "" },
  {
    type: "NUMAVSERVER",
    host: "numa-secondary.example.test",
    version: "1.1",
    remark: "secondary: refuses, and names its primary",
    primary: "numa-primary.example.test",
  },
  { type: "LIBVIRT", host: "kvm.example.test", version: "9.0.0", remark: "" },
  { type: "PROXMOX", host: "proxmox.example.test", version: "8.2.4", remark: "both certificates must be trusted" },
  { type: "VMWARE", host: "vcenter.example.test", version: "8.0.2", remark: "the largest inventory" },
  { type: "ROSPLATFORMA", host: "skala-r.example.test", version: "7.0.14", remark: "" },
  { type: "BASISVCONTROL", host: "basis.example.test", version: "2.3.0", remark: "" },
  { type: "FUSIONCOMPUTE", host: "fusionsphere.example.test", version: "8.5.0", remark: "" },
  { type: "NUTANIXPRISM", host: "nutanix.example.test", version: "6.5.5", remark: "" },
  { type: "ALTVIRTUALIZATIONSERVER", host: "alt.example.test", version: "10.2", remark: "" },
  { type: "ASTRALINUX", host: "astra.example.test", version: "1.7.5", remark: "" },
  {
    type: "TIONIXOPENSTACK",
    host: "tionix.example.test",
    version: "3.14",
    remark: "plain http everywhere",
    protocol: "http",
  },
  {
    type: "OPENSTACK",
    host: "openstack.example.test",
    version: "3.14",
    remark: "RegionOne: microservices over https, RegionTwo: over http",
  },
  { type: "VKCLOUDOPENSTACK", host: "vkcloud.example.test", version: "3.14", remark: "" },
];

/** On every platform. */
export const defaultAccounts: readonly Account[] = [
  { name: "admin", password: "Admin-Passw0rd", role: "admin" },
  { name: "viewer", password: "Viewer-Passw0rd", role: "readOnly" },
  { name: "guest", password: "Guest-Passw0rd", role: "none" },
];

/** Where the accounts of an OpenStack platform belong. */
export const defaultDomain = "Default";

/** The other Integration Servers, by address. */
export interface OtherServerEntry extends Readonly<OtherServer> {
  /** What a reader should know before registering it. */
  readonly remark: string;
}

const serverPassword = "Reserve-Passw0rd";

/** Integration Servers that can, or cannot, become the reserve server. */
export const defaultServers: readonly OtherServerEntry[] = [
  { address: "viis-reserve.example.test:7271", password: serverPassword, role: "Standalone", remark: "" },
  { address: "viis-spare.example.test:7271", password: serverPassword, role: "Standalone", remark: "" },
  {
    address: "viis-other.example.test:7271",
    password: serverPassword,
    role: "Primary",
    remark: "the primary server of another cluster: refuses",
  },
];
