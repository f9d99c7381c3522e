/** What an infrastructure contains (SVM management, "Getting information about infrastructure objects required for …"). */
import type { CallOptions } from "../http/call";

/** What can be asked for: the first three in any infrastructure but OpenStack, which has no hosts. */
export type ObjectType = "Host" | "VM" | "SVM" | "OpenstackDomain" | "OpenstackProject";

export interface ObjectsQuery extends CallOptions {
  /** @default the server's own: Host, or OpenstackDomain and OpenstackProject */
  readonly types?: readonly ObjectType[] | undefined;
  /** Full information; slow in large infrastructures. @default false */
  readonly detailed?: boolean | undefined;
  /** Only children of this object. */
  readonly parentId?: string | undefined;
  /** Milliseconds for which a server may take to list them; for ever: as long as the signal lives. @default five minutes */
  readonly patience?: number | undefined;
}

export interface NamedObject {
  readonly id: string;
  readonly name: string;
}
export interface Storage extends NamedObject {
  /** As the server counts it; the documents name no unit. */
  readonly freeSpace: number | undefined;
}
export interface Flavor extends NamedObject {
  readonly vCpus: number | undefined;
  readonly ramInMegabytes: number | undefined;
  readonly diskInGigabytes: number | undefined;
  readonly suitableForSvmVersions: readonly string[];
}

/** What a host or an OpenStack project offers to an SVM. A kind that the infrastructure does not have is an empty list. */
export interface Resources {
  readonly networks: readonly NamedObject[];
  readonly storages: readonly Storage[];
  readonly volumeTypes: readonly NamedObject[];
  readonly securityGroups: readonly NamedObject[];
  readonly serverGroups: readonly NamedObject[];
  readonly flavors: readonly Flavor[];
  /** Names; availability zones have no id. */
  readonly availabilityZones: readonly string[];
}

/** A host, or an OpenStack domain or project. */
export interface Location extends NamedObject {
  readonly kind: "location";
  readonly parentId: string | undefined;
  /** Of a host, e.g. `Started`. */
  readonly state: string | undefined;
  /** Only with full information. */
  readonly resources: Resources | undefined;
}

/** A network that a virtual machine is attached to. */
export interface NetworkAdapter extends NamedObject {
  /** OpenStack only. */
  readonly securityGroups: readonly NamedObject[];
}

/** What an answer lists without an id, so that nothing can be done with it. */
export interface UnidentifiedObject {
  readonly kind: "location" | "virtual machine" | "network adapter" | "resource";
  readonly name: string | undefined;
  /** Of a location and of a virtual machine, the id of what it is in; else the name of what it belongs to. */
  readonly parent: string | undefined;
}

export interface VirtualMachine extends NamedObject {
  readonly kind: "vm";
  /** The host's or the project's id. */
  readonly parentId: string | undefined;
  /** E.g. `Enabled`. */
  readonly state: string | undefined;
  readonly networkAdapters: readonly NetworkAdapter[];
  /** False where the server shows further adapters without their ids. */
  readonly showsAllAdapters: boolean;
  readonly isSvm: boolean;
  readonly svmVersion: string | undefined;
}

export type InfrastructureObject = Location | VirtualMachine;

export interface InfrastructureObjects {
  readonly locations: readonly Location[];
  readonly vms: readonly VirtualMachine[];
  readonly unidentified: readonly UnidentifiedObject[];
}
