/**
 * What a simulator starts with in place of its own world: the form of a file that people write, and that `ksvla discover`
 * writes of a real server. Everything is by name; ids, where they matter, can be given.
 */
import type { ServerRole } from "../world/cluster";
import type { AccountRole, HypervisorType, MicroserviceName, OpenstackType, Outage } from "../world/platforms";

/** What there is on the simulated network and on the disk of the Integration Server. */
export interface Inventory {
  /** No others can be connected to. */
  readonly infrastructures: readonly (HypervisorEntry | OpenstackEntry)[];
  /** The SVM images on the disk of the Integration Server. @default the simulator's own, as its `--help` lists them */
  readonly images?: readonly ImageEntry[];
  /** The other Integration Servers. @default the simulator's own */
  readonly servers?: readonly ServerEntry[];
}

/** What infrastructures of all types have in common. */
interface InfrastructureEntry {
  /** `host` or `host:port`; without a port, that of the type. */
  readonly address: string;
  /** What the platform calls itself. @default the first part of the address */
  readonly name?: string;
  /** The platform's version. @default "1.0" */
  readonly version?: string;
  /** Who may log in. @default admin, viewer and guest, with the passwords that the simulator's `--help` lists */
  readonly accounts?: readonly AccountEntry[];
  /**
   * Whether the Integration Server is connected from the start, with the first account of each role; everything that the
   * platform presents is trusted, then. @default false: a stack connects it
   */
  readonly connected?: boolean;
  /** The connection's id; only with `connected`. @default one that follows from the seed */
  readonly id?: string;
  /** Why the platform does not answer as it should. @default it does */
  readonly outage?: Outage;
  /** What its addresses present, where a stack pins thumbprints. @default certificates that follow from the seed */
  readonly certificates?: readonly CertificateEntry[];
}

/** What one address presents. */
export interface CertificateEntry {
  /** `host:port`, one that something of this infrastructure listens on. */
  readonly address: string;
  /** SHA-1, 40 hexadecimal digits. */
  readonly thumbprint: string;
  /** Base64: the certificate's DER, or the SSH host key in its wire format. @default another one's */
  readonly data?: string;
}

/** A hypervisor or a management server with its hosts. */
export interface HypervisorEntry extends InfrastructureEntry {
  /** By its name in the API. */
  readonly type: HypervisorType;
  /** XEN and NUMAVSERVER: set on a secondary server, which refuses connections and names this one. */
  readonly primary?: string;
  /** @default none */
  readonly hosts?: readonly HostEntry[];
}

/** A cloud behind Keystone with its projects. */
export interface OpenstackEntry extends InfrastructureEntry {
  /** By its name in the API. */
  readonly type: OpenstackType;
  /** @default "Zed" */
  readonly edition?: string;
  /** What Keystone speaks. @default "https" */
  readonly protocol?: "https" | "http";
  /** @default one that is named RegionOne */
  readonly regions?: readonly RegionEntry[];
  /** Those that are not named by a project, or whose id matters. */
  readonly domains?: readonly NamedEntry[];
  /** @default none */
  readonly projects?: readonly ProjectEntry[];
  /** What machines run on; the API lists none. @default compute-01 and compute-02 */
  readonly hypervisors?: readonly NamedEntry[];
}

/** Something that has a name, and an id that follows from the seed unless it is given. */
export interface NamedEntry {
  readonly name: string;
  readonly id?: string;
}

/** Who may log in to an infrastructure. */
export interface AccountEntry {
  /** The name to log in with. */
  readonly name: string;
  /** @default what the simulator's own account of this role has */
  readonly password?: string;
  /** @default "admin" */
  readonly role?: AccountRole;
  /** OpenStack only. @default "Default" */
  readonly domain?: string;
}

/** A hypervisor. */
export interface HostEntry extends NamedEntry, MachinesEntry {
  /** @default "Started" */
  readonly state?: string;
  /** Two may have one name. @default none */
  readonly networks?: readonly NamedEntry[];
  /** Two may have one name. @default none */
  readonly storages?: readonly StorageEntry[];
}

/** Where an SVM can have its disks. */
export interface StorageEntry extends NamedEntry {
  /** As the Integration Server counts it. @default 536,870,912,000: 500 GiB in bytes */
  readonly freeSpace?: number;
}

/** An OpenStack project, with what it offers to SVMs; of each kind there is none unless it is listed. */
export interface ProjectEntry extends NamedEntry, MachinesEntry {
  /** The name of its domain. @default "Default" */
  readonly domain?: string;
  readonly networks?: readonly NamedEntry[];
  readonly volumeTypes?: readonly NamedEntry[];
  readonly securityGroups?: readonly NamedEntry[];
  readonly serverGroups?: readonly NamedEntry[];
  readonly flavors?: readonly FlavorEntry[];
  /** Names. */
  readonly availabilityZones?: readonly string[];
}

/** A size of machines. */
export interface FlavorEntry extends NamedEntry {
  /** @default 2 */
  readonly vCpus?: number;
  /** @default 4096 */
  readonly ramInMegabytes?: number;
  /** @default 30 */
  readonly diskInGigabytes?: number;
  /** @default ["6.2"] */
  readonly suitableForSvmVersions?: readonly string[];
}

/** What runs in a place. */
interface MachinesEntry {
  /** The SVMs that are there from the start. */
  readonly svms?: readonly SvmEntry[];
  /** Other machines. */
  readonly vms?: readonly MachineEntry[];
}

/** A virtual machine. */
export interface MachineEntry extends NamedEntry {
  /** @default "Enabled" */
  readonly state?: string;
  /** The networks of its place that it is on, by name or id. @default the first one */
  readonly networks?: readonly string[];
}

/** An SVM that nobody deployed: it has no settings but the password. */
export interface SvmEntry extends MachineEntry {
  /** @default "6.2.0.1000" */
  readonly version?: string;
  /** The password of its user klconfig. @default that of the simulator's own SVMs, as its `--help` says */
  readonly klconfigPassword?: string;
}

/** A region of OpenStack. */
export interface RegionEntry {
  /** Such as RegionOne. */
  readonly id: string;
  /** @default one of each kind, at addresses of its own */
  readonly services?: readonly ServiceEntry[];
}

/** A microservice of a region. */
export interface ServiceEntry {
  /** Which kind it is. */
  readonly service: MicroserviceName;
  /** `host:port`. */
  readonly address: string;
  /** @default "https" */
  readonly protocol?: "https" | "http";
  /** @default "1.0" */
  readonly version?: string;
}

/** An SVM image on the disk of the Integration Server. */
export interface ImageEntry {
  /** The manifest's absolute path, ending in `.xml`. */
  readonly manifestPath: string;
  /** Of the SVMs that are deployed from it. */
  readonly svmVersion: string;
  /** Bytes. @default 2,254,857,830: 2.1 GiB */
  readonly size?: number;
  /** Whether its verification fails. @default false */
  readonly tampered?: boolean;
}

/** Another Integration Server, for a cluster. */
export interface ServerEntry {
  /** `host:port`. */
  readonly address: string;
  /** Of its user "admin". @default what the simulator's own servers have */
  readonly password?: string;
  /** @default "Standalone" */
  readonly role?: ServerRole;
}
