/** What is on the server at one moment, as plain data that can be compared. */

import type { ServerRole } from "./world/cluster";
import type { ConnectionErrorCode, ConnectionStatus } from "./world/infrastructure";
import { accountStates } from "./world/infrastructures";
import type { InfrastructureType, Platform } from "./world/platforms";
import type { DnsSettings, KscSettings } from "./world/svm-settings";
import type { Svm } from "./world/svms";
import type { World } from "./world/world";

/** Everything that can be looked at. */
export interface Snapshot {
  /** Those that are connected, or shall be. */
  readonly infrastructures: readonly InfrastructureSnapshot[];
  /** On all platforms, also those that nobody has connected. */
  readonly svms: readonly SvmSnapshot[];
  /** Those that are registered. */
  readonly images: readonly ImageSnapshot[];
  /** What the server was told to trust. */
  readonly trusted: readonly TrustedSnapshot[];
  /** The server's own in its cluster. */
  readonly role: ServerRole;
  /** Those that are registered: at most one in version 6.4. */
  readonly reserveServers: readonly ReserveServerSnapshot[];
}

/** A connection. */
export interface InfrastructureSnapshot {
  readonly id: string;
  readonly type: InfrastructureType;
  /** As it was sent. */
  readonly address: string;
  /** The name of the account that may deploy. */
  readonly admin: string;
  /** The name of the account with limited rights; undefined without one. */
  readonly readOnly: string | undefined;
  /** Of the account that may deploy, once the connection is made. */
  readonly status: ConnectionStatus;
  readonly error: ConnectionErrorCode;
}

/** An SVM, as its platform has it, and what it was told. */
export interface SvmSnapshot {
  readonly id: string;
  readonly name: string;
  /** The host name of the platform's server. */
  readonly platform: string;
  /** The name of the host or OpenStack project. */
  readonly place: string;
  /** Whether its state is Enabled. */
  readonly running: boolean;
  readonly version: string;
  /** Names of networks, one per adapter. */
  readonly networks: readonly string[];
  /** Undefined until it has one. */
  readonly ipAddress: string | undefined;
  /** What it was told, here and below; undefined for one that nobody deployed or reconfigured. */
  readonly ksc: KscSettings | undefined;
  readonly dns: DnsSettings | undefined;
  readonly allowsSsh: boolean | undefined;
  readonly klconfigPassword: string | undefined;
  readonly imageId: string | undefined;
}

/** An image that is registered. */
export interface ImageSnapshot {
  readonly id: string;
  readonly manifestPath: string;
  readonly version: string;
  readonly types: readonly InfrastructureType[];
}

/** A rule of trust. */
export interface TrustedSnapshot {
  /** `host:port`. */
  readonly address: string;
  readonly thumbprint: string;
}

/** A reserve server that is registered. */
export interface ReserveServerSnapshot {
  readonly id: string;
  readonly address: string;
}

export function snapshotOf(world: World): Snapshot {
  return {
    infrastructures: [...world.infrastructures.values()].map((infrastructure) => {
      const { id, type, address, accounts } = infrastructure;
      const { status, error } = accountStates(world, infrastructure).admin;
      return { id, type, address, admin: accounts.admin.name, readOnly: accounts.readOnly?.name, status, error };
    }),
    svms: world.svms.all.map(svmSnapshot),
    images: [...world.images.values()].map(({ id, file, types }) => ({
      id,
      manifestPath: file.manifestPath,
      version: file.svmVersion,
      types: [...types],
    })),
    trusted: world.trustRules.map(({ address, thumbprint }) => ({ address, thumbprint })),
    role: world.cluster.role,
    reserveServers: [...world.cluster.instances.values()].map(({ id, address }) => ({ id, address })),
  };
}

function svmSnapshot({ platform, vm, settings, ipAddress }: Svm): SvmSnapshot {
  return {
    id: vm.id,
    name: vm.name,
    platform: platform.host,
    place: placesOf(platform).find(({ id }) => id === vm.parentId)?.name ?? vm.parentId,
    running: vm.state === "Enabled",
    version: vm.svmVersion ?? "",
    networks: vm.networkAdapters.map(({ name }) => name),
    ipAddress,
    ksc: settings.ksc,
    dns: settings.dns,
    allowsSsh: settings.root?.allowSshAccess,
    klconfigPassword: settings.klconfigPassword,
    imageId: settings.imageId,
  };
}

function placesOf(platform: Platform): readonly { readonly id: string; readonly name: string }[] {
  return platform.kind === "hypervisor" ? platform.hosts : platform.projects;
}
