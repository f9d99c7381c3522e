import { defaultAccounts, defaultDomain } from "../world/default-directory";
import type { Identifiers } from "../world/identifiers";
import {
  type Account,
  type Host,
  type HypervisorPlatform,
  isOpenstackType,
  type Microservice,
  type MicroserviceName,
  type NamedObject,
  type OpenstackPlatform,
  type OpenstackProject,
  type Platform,
  type Region,
  type VirtualMachine,
} from "../world/platforms";
import type { SvmSettings } from "../world/svm-settings";
import type {
  AccountEntry,
  HostEntry,
  HypervisorEntry,
  MachineEntry,
  NamedEntry,
  OpenstackEntry,
  ProjectEntry,
  RegionEntry,
  ServiceEntry,
  SvmEntry,
} from "./inventory";

export interface CreatedPlatform {
  readonly platform: Platform;
  /** What the SVMs were told whose entries say so, by id. */
  readonly settings: ReadonlyMap<string, Partial<SvmSettings>>;
}

const gibibyte = 1024 ** 3;
const defaultFreeSpace = 500 * gibibyte;
const defaultSvmVersion = "6.2.0.1000";
const defaultVersion = "1.0";
/** OpenStack's usual ports. */
const servicePorts = { compute: 8774, glance: 9292, neutron: 9696, cinder: 8776 } as const;

/** @throws RangeError that names a network that a machine's place does not have */
export function createPlatform(
  identifiers: Identifiers,
  entry: HypervisorEntry | OpenstackEntry,
  host: string,
  index: number,
): CreatedPlatform {
  const common = {
    host,
    name: entry.name ?? host.split(".", 1)[0] ?? host,
    version: entry.version ?? defaultVersion,
  };
  const make = new ObjectMaker(identifiers, host, isOpenstack(entry));
  const platform = isOpenstack(entry)
    ? { ...common, ...openstack(make, entry, index) }
    : { ...common, ...hypervisor(make, entry) };
  return { platform, settings: make.settings };
}

function isOpenstack(entry: HypervisorEntry | OpenstackEntry): entry is OpenstackEntry {
  return isOpenstackType(entry.type);
}

type Of<Kind> = Omit<Kind, "host" | "name" | "version">;

function hypervisor(
  make: ObjectMaker,
  { type, primary, hosts = [], accounts }: HypervisorEntry,
): Of<HypervisorPlatform> {
  const made = hosts.map((entry, index) => ({ entry, host: make.host(entry, index) }));
  return {
    kind: "hypervisor",
    type,
    accounts: accountsOf(accounts, undefined),
    ...(primary === undefined ? {} : { primaryServerAddress: primary }),
    hosts: made.map(({ host }) => host),
    vms: made.flatMap(({ entry, host }) => make.machines(entry, host)),
  };
}

function openstack(make: ObjectMaker, entry: OpenstackEntry, index: number): Of<OpenstackPlatform> {
  const { type, edition = "Zed", protocol = "https", regions = [{ id: "RegionOne" }], accounts, projects = [] } = entry;
  const domains = domainsOf(entry).map((domain) => make.named(`domain ${domain.name}`, domain));
  const hypervisors = (entry.hypervisors ?? defaultHypervisors).map((each) =>
    make.named(`hypervisor ${each.name}`, each),
  );
  const made = projects.map((each) => {
    const domain = domains.find(({ name }) => name === (each.domain ?? defaultDomain));
    return { entry: each, project: make.project(each, domain?.id ?? "") };
  });
  return {
    kind: "openstack",
    type,
    edition,
    protocol,
    accounts: accountsOf(accounts, defaultDomain),
    regions: regions.map((each, number) => region(each, protocol, `192.0.2.${(index * 4 + number + 1) % 256}`)),
    hypervisors,
    domains,
    projects: made.map(({ project }) => project),
    vms: made.flatMap(({ entry: each, project }) => make.machines(each, project, hypervisors[0])),
  };
}

const defaultHypervisors = [{ name: "compute-01" }, { name: "compute-02" }];

/** Those that are listed, and those that only projects name. */
function domainsOf({ domains = [], projects = [] }: OpenstackEntry): readonly NamedEntry[] {
  const listed = domains.map(({ name }) => name);
  const named = new Set([defaultDomain, ...projects.map(({ domain = defaultDomain }) => domain)]);
  return [...domains, ...[...named].filter((name) => !listed.includes(name)).map((name) => ({ name }))];
}

function accountsOf(accounts: readonly AccountEntry[] | undefined, domain: string | undefined): Account[] {
  return (accounts ?? defaultAccounts).map(({ name, password, role = "admin", domain: own }) => {
    const usual = defaultAccounts.find((each) => each.role === role);
    const itsDomain = own ?? domain;
    return {
      name,
      password: password ?? usual?.password ?? "",
      role,
      ...(itsDomain === undefined ? {} : { domain: itsDomain }),
    };
  });
}

/** @param ip from a block that is reserved for documentation (RFC 5737) */
function region({ id, services }: RegionEntry, protocol: "https" | "http", ip: string): Region {
  const of = (service: MicroserviceName): Microservice[] => {
    const usual: ServiceEntry = { service, address: `${ip}:${servicePorts[service]}`, protocol };
    return (services ?? [usual])
      .filter((each) => each.service === service)
      .map((each) => ({
        address: each.address,
        protocol: each.protocol ?? "https",
        version: each.version ?? defaultVersion,
      }));
  };
  return {
    id,
    services: { compute: of("compute"), glance: of("glance"), neutron: of("neutron"), cinder: of("cinder") },
  };
}

/** Makes the objects of one platform. An id that is not given follows from the object's path. */
class ObjectMaker {
  readonly settings = new Map<string, Partial<SvmSettings>>();

  constructor(
    private readonly identifiers: Identifiers,
    private readonly platform: string,
    private readonly isOpenstack: boolean,
  ) {}

  named(path: string, { name, id }: NamedEntry): NamedObject {
    const uuid = this.identifiers.uuid(`${this.platform} ${path}`);
    return { id: id ?? (this.isOpenstack ? uuid.replaceAll("-", "") : uuid), name };
  }

  host(entry: HostEntry, index: number): Host {
    const path = `host ${index}`;
    return {
      ...this.named(path, entry),
      state: entry.state ?? "Started",
      networks: this.all(`${path} network`, entry.networks),
      storages: (entry.storages ?? []).map((storage, place) => ({
        ...this.named(`${path} storage ${place}`, storage),
        freeSpace: storage.freeSpace ?? defaultFreeSpace,
      })),
    };
  }

  project(entry: ProjectEntry, domainId: string): OpenstackProject {
    const path = `project ${entry.name} of ${domainId}`;
    return {
      ...this.named(path, entry),
      domainId,
      networks: this.all(`${path} network`, entry.networks),
      volumeTypes: this.all(`${path} volume type`, entry.volumeTypes),
      securityGroups: this.all(`${path} security group`, entry.securityGroups),
      serverGroups: this.all(`${path} server group`, entry.serverGroups),
      flavors: (entry.flavors ?? []).map((flavor, place) => ({
        ...this.named(`${path} flavor ${place}`, flavor),
        vCpus: flavor.vCpus ?? 2,
        ramInMegabytes: flavor.ramInMegabytes ?? 4096,
        diskInGigabytes: flavor.diskInGigabytes ?? 30,
        suitableForSvmVersions: [...(flavor.suitableForSvmVersions ?? ["6.2"])],
      })),
      availabilityZones: (entry.availabilityZones ?? []).map((name) => ({ name })),
    };
  }

  /** @param hypervisor OpenStack: what they run on */
  machines(
    { svms = [], vms = [] }: HostEntry | ProjectEntry,
    place: Host | OpenstackProject,
    hypervisor?: NamedObject,
  ): readonly VirtualMachine[] {
    const machine = (entry: MachineEntry): VirtualMachine => ({
      ...this.named(`machine ${entry.name} in ${place.id}`, entry),
      parentId: place.id,
      ...(hypervisor === undefined ? {} : { hypervisorId: hypervisor.id }),
      state: entry.state ?? "Enabled",
      networkAdapters: networksOf(entry, place).map((network) => ({ ...network, ...securityGroupsOf(place) })),
      isSvm: false,
    });
    const svm = (entry: SvmEntry): VirtualMachine => {
      const made = { ...machine(entry), isSvm: true, svmVersion: entry.version ?? defaultSvmVersion };
      if (entry.klconfigPassword !== undefined) {
        this.settings.set(made.id, { klconfigPassword: entry.klconfigPassword });
      }
      return made;
    };
    return [...svms.map(svm), ...vms.map(machine)];
  }

  private all(path: string, entries: readonly NamedEntry[] = []): NamedObject[] {
    return entries.map((entry, place) => this.named(`${path} ${place}`, entry));
  }
}

function networksOf({ name, networks }: MachineEntry, place: Host | OpenstackProject): readonly NamedObject[] {
  if (networks === undefined) {
    return place.networks.slice(0, 1);
  }
  return networks.map((wanted) => {
    const network = place.networks.find((each) => each.id === wanted || each.name === wanted);
    if (network === undefined) {
      throw new RangeError(`${name} is on the network ${wanted}, which ${place.name} does not have.`);
    }
    return network;
  });
}

/** A machine in OpenStack is in the project's first one. */
function securityGroupsOf(place: Host | OpenstackProject): { readonly securityGroups?: NamedObject[] } {
  return "securityGroups" in place
    ? { securityGroups: place.securityGroups.slice(0, 1).map((each) => ({ ...each })) }
    : {};
}
