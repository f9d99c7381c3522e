/**
 * SVMs as one deploys, reconfigures and removes them (SVM management, "Deploying SVMs …", "Reconfiguring deployed SVMs",
 * "SVM removal").
 */

import type { CallOptions, ChangeOptions } from "../http/call";
import type { Secret } from "../http/secret";

/** What an SVM runs on: a hypervisor, or an OpenStack project in the three OpenStack types of infrastructure. */
export type SvmLocationType = "host" | "openstackProject";

/** Where an SVM is or shall be. */
export interface SvmLocation<Type extends SvmLocationType = SvmLocationType> {
  readonly type: Type;
  readonly infrastructureId: string;
  /** The id of the hypervisor or of the OpenStack project. */
  readonly locationId: string;
}

/** An SVM that exists. */
export interface SvmReference<Type extends SvmLocationType = SvmLocationType> extends SvmLocation<Type> {
  readonly svmId: string;
}

/** A network of an SVM on a hypervisor. */
export interface HostNetwork {
  readonly id: string;
  /** Microsoft Hyper-V only. */
  readonly vlanId?: number | undefined;
  /** Exactly one network of an SVM is the primary one. */
  readonly primary: boolean;
  /** Without it the SVM gets its address by DHCP. */
  readonly static?: StaticAddress | undefined;
}

export interface StaticAddress {
  readonly address: string;
  readonly mask: string;
  readonly gateway: string;
}

/** A network of an SVM in an OpenStack project; the SVM has one adapter per port. */
export interface OpenStackNetwork {
  readonly id: string;
  readonly ports: readonly OpenStackPort[];
}

export interface OpenStackPort {
  /** Exactly one port of an SVM is the primary one. */
  readonly primary: boolean;
  readonly vlanId?: number | undefined;
  /** Without it the port gets its address by DHCP. */
  readonly static?: StaticAddresses | undefined;
  readonly portSecurityEnabled?: boolean | undefined;
  /** Need `portSecurityEnabled`. */
  readonly securityGroupIds?: readonly string[] | undefined;
}

export interface StaticAddresses {
  readonly addresses: readonly string[];
  readonly mask: string;
  readonly gateway: string;
}

/** The Administration Server of Kaspersky Security Center that an SVM connects to. */
export interface KscConnection {
  readonly address: string;
  readonly port: number;
  readonly sslPort: number;
  readonly language?: string | undefined;
}

/** Needed with static addresses, optional with DHCP. */
export interface DnsServers {
  readonly main: string;
  readonly alternative?: string | undefined;
}

export interface RootAccount {
  /** Whether root may sign in through SSH. The documents show it with every password. */
  readonly allowSsh: boolean;
  readonly password?: Secret | undefined;
}

/** The account that configures the SVM. */
export interface KlconfigAccount {
  readonly password: Secret;
}

/** What can be set at deployment and changed by reconfiguration. What is left out is not sent. */
export interface SvmSettings {
  readonly ksc?: KscConnection | undefined;
  readonly dns?: DnsServers | undefined;
  readonly root?: RootAccount | undefined;
  readonly klconfig?: KlconfigAccount | undefined;
}

/** The image that SVMs are made from, and how. SVMs that share it are deployed together. */
export interface SvmImageUse {
  readonly id: string;
  /** The language in which the image is registered in the infrastructure, e.g. `en`. */
  readonly localization: string;
  /** Deploys without verifying the image first. */
  readonly skipIntegrityCheck: boolean;
}

export interface HostPlacement extends SvmLocation<"host"> {
  readonly storageId: string;
  readonly networks: readonly HostNetwork[];
}

export interface OpenStackPlacement extends SvmLocation<"openstackProject"> {
  readonly flavorId: string;
  readonly volumeTypeId?: string | undefined;
  /** Its name; availability zones have no id. */
  readonly availabilityZone?: string | undefined;
  readonly serverGroupId?: string | undefined;
  readonly networks: readonly OpenStackNetwork[];
}

/** A new SVM. Only a reconfiguration may leave settings out. */
export interface SvmDeployment extends SvmSettings {
  readonly ksc: KscConnection;
  readonly root: RootAccount;
  readonly klconfig: KlconfigAccount;
  readonly name: string;
  readonly image: SvmImageUse;
  readonly placement: HostPlacement | OpenStackPlacement;
  /** An earlier request may have deployed it already, so the infrastructure is read anew first. @default false */
  readonly thoroughly?: boolean | undefined;
}

/** An SVM to reconfigure, with all its networks if they shall change. */
export interface HostTarget extends SvmReference<"host"> {
  readonly networks?: readonly HostNetwork[] | undefined;
}

export interface OpenStackTarget extends SvmReference<"openstackProject"> {
  readonly networks?: readonly OpenStackNetwork[] | undefined;
}

/** New settings of an SVM: only what shall change. */
export interface SvmReconfiguration extends SvmSettings {
  readonly target: HostTarget | OpenStackTarget;
  /** The password that klconfig has now. */
  readonly currentPassword: Secret;
}

/** An SVM to remove. */
export interface SvmRemoval {
  readonly target: SvmReference;
}

/** Whom a subtask is about. `locationId` tells SVMs of one name on several hypervisors apart. */
export type SvmIdentity =
  | { readonly name: string; readonly locationId?: string | undefined; readonly infrastructureId?: string | undefined }
  | { readonly svmId: string };

/** What the server's work on one SVM has brought to light so far. */
export interface SvmSubtask {
  readonly taskId: string;
  readonly subtaskId: string;
  /** Known at the latest when a deployment is completed; from the beginning for other operations. */
  readonly svmId: string | undefined;
  readonly ipAddress: string | undefined;
}

/** A deployment that is completed. */
export interface DeployedSvm extends SvmSubtask {
  readonly svmId: string;
}

/** Where the work on one SVM stands. */
export interface SvmTaskState extends Omit<SvmSubtask, "subtaskId"> {
  /** Undefined when the task has no part for this SVM, or not yet. */
  readonly subtaskId: string | undefined;
  /** `failed` also when it was cancelled or stopped, or when the whole task ended before this SVM's turn came. */
  readonly state: "running" | "completed" | "failed";
  /** Milliseconds since it came there, by the server's clock; undefined where the server does not tell. */
  readonly inStateFor: number | undefined;
}

export interface SvmProgress {
  /** What the server is doing, e.g. `UploadSvmImage`; undefined before the first step. */
  readonly step: string | undefined;
  /** Of the whole operation on this SVM, in percent. */
  readonly progress: number | undefined;
}

/** How to follow the work on one SVM. The callbacks come in this order; the last two come with every change. */
export interface SvmOperationOptions extends ChangeOptions {
  /** Told right before a request with this SVM leaves, perhaps more than once; nothing is sent when it throws. */
  readonly onLeaving?: (() => void) | undefined;
  /** Told as soon as the server has made a task of the request, also when the signal has been aborted meanwhile. */
  readonly onTask?: ((taskId: string) => void) | undefined;
  /** Told before the operation ends, however it ends, if the server knows a subtask for this SVM. */
  readonly onSubtask?: ((subtask: SvmSubtask) => void) | undefined;
  readonly onProgress?: ((progress: SvmProgress) => void) | undefined;
}

export interface SvmReadOptions extends CallOptions {
  /** Insists on a list that was asked for after this call, e.g. to look for what may just have come into being. @default false */
  readonly fresh?: boolean | undefined;
}
