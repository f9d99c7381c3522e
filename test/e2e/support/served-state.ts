/** A simulator that has what a state tells of, as if all of it had been made there. */
import type { InfrastructureType, Platform, Simulator } from "../../../src/simulator";
import { ADMIN_PASSWORD } from "./configuration";

/** What a state file says of each resource, as far as it is needed here. */
interface Attributes {
  readonly ksvla_infrastructure: {
    readonly id: string;
    readonly type: InfrastructureType;
    readonly address: string;
    readonly openstack: { readonly protocol: "https" | "http"; readonly region: string } | null;
    readonly admin: { readonly domain: string | null; readonly name: string };
    readonly read_only: { readonly name: string } | null;
  };
  readonly ksvla_svm_image: {
    readonly id: string;
    readonly manifest_path: string;
    readonly infrastructure_types: readonly InfrastructureType[];
  };
  readonly ksvla_svm: {
    readonly id: string;
    readonly name: string;
    readonly infrastructure_id: string;
    readonly host: { readonly id: string } | null;
    readonly openstack: { readonly project_id: string } | null;
    readonly state: string;
    readonly svm_version: string;
    readonly ip_address: string;
    readonly network_adapters: readonly {
      readonly id: string;
      readonly name: string;
      readonly security_group_ids: readonly string[];
    }[];
  };
  readonly ksvla_reserve_server: { readonly id: string; readonly address: string; readonly created_at: string };
}

interface StateFile {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly instances: readonly { readonly attributes: unknown }[];
  }[];
}

/** Passwords that no state has. */
export interface Passwords {
  readonly readOnly: string;
  readonly klconfig: string;
  readonly reserve: string;
}

/** Everything that presents a certificate is trusted, and the server is the primary one of a cluster. */
export function serve({ world }: Simulator, state: string, passwords: Passwords): void {
  const { resources } = JSON.parse(state) as StateFile;
  const all = <T extends keyof Attributes>(wanted: T): readonly Attributes[T][] =>
    resources
      .filter(({ mode, type }) => mode === "managed" && type === wanted)
      .flatMap(({ instances }) => instances.map(({ attributes }) => attributes as Attributes[T]));

  world.trust(...world.endpoints.keys());
  world.cluster.role = "Primary";
  for (const { id, address, created_at } of all("ksvla_reserve_server")) {
    const instance = { id, address: `${address}:7271`, password: passwords.reserve };
    world.cluster.instances.set(id, {
      ...instance,
      createdAt: new Date(created_at),
      connectingUntil: new Date(0),
    });
  }
  for (const { id, type, address, openstack, admin, read_only } of all("ksvla_infrastructure")) {
    const { domain, name } = admin;
    const accounts = {
      admin: { name, password: ADMIN_PASSWORD, ...(domain !== null && { domain }) },
      ...(read_only !== null && { readOnly: { name: read_only.name, password: passwords.readOnly } }),
    };
    const settings = { type, address, accounts, ...(openstack !== null && { specificSettings: openstack }) };
    world.infrastructures.set(id, { ...settings, id, connectingUntil: new Date(0) });
  }
  for (const { id, manifest_path, infrastructure_types } of all("ksvla_svm_image")) {
    const file = world.imageFiles.get(manifest_path);
    if (file === undefined) throw new RangeError(`There is no image ${manifest_path}.`);
    world.images.set(id, { id, file, types: infrastructure_types });
  }
  for (const svm of all("ksvla_svm")) {
    const platform = platformOf(svm, [...world.platforms.values()]);
    const { id, name, state, svm_version, network_adapters } = svm;
    const networkAdapters = network_adapters.map(({ security_group_ids, ...network }) => ({
      ...network,
      ...(platform.kind === "openstack" && { securityGroups: security_group_ids.map((id) => ({ id, name: id })) }),
    }));
    const vm = { id, name, parentId: placeOf(svm), state, networkAdapters, isSvm: true, svmVersion: svm_version };
    world.svms.add(platform, vm, { klconfigPassword: passwords.klconfig });
    world.svms.assignIpAddress(id, svm.ip_address);
  }
}

function placeOf({ host, openstack }: Attributes["ksvla_svm"]): string {
  return host?.id ?? openstack?.project_id ?? "";
}

/** The one with the SVM's place: ids of places follow from the simulator's seed. */
function platformOf(svm: Attributes["ksvla_svm"], platforms: readonly Platform[]): Platform {
  const places = (platform: Platform) => (platform.kind === "openstack" ? platform.projects : platform.hosts);
  const found = platforms.find((platform) => places(platform).some(({ id }) => id === placeOf(svm)));
  if (found === undefined) throw new RangeError(`No platform has the place of ${svm.name}.`);
  return found;
}
