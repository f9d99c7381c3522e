import { type DirectoryEntry, defaultAccounts, defaultDomain } from "./default-directory";
import type { Identifiers } from "./identifiers";
import type {
  Microservice,
  NamedObject,
  OpenstackPlatform,
  OpenstackProject,
  OpenstackType,
  Region,
  VirtualMachine,
} from "./platforms";

type Named = (path: string, name: string) => NamedObject;

/** OpenStack's usual ports and the versions their APIs report. */
const services = {
  compute: { port: 8774, version: "2.1" },
  glance: { port: 9292, version: "2.9" },
  neutron: { port: 9696, version: "2.0" },
  cinder: { port: 8776, version: "3.59" },
} as const;

/** A cloud with two domains that both have a project named "security", and a project with two networks of one name. */
export function createOpenstackPlatform(
  identifiers: Identifiers,
  entry: DirectoryEntry & { readonly type: OpenstackType },
  index: number,
): OpenstackPlatform {
  const { type, host, version, protocol = "https" } = entry;
  const named: Named = (path, name) => ({ id: identifiers.uuid(`${host} ${path}`).replaceAll("-", ""), name });
  const defaultOne = named("domain default", defaultDomain);
  const production = named("domain production", "Production");
  const security = project(named, "default security", "security", defaultOne, ["Servers", "Management"]);
  const productionSecurity = project(named, "production security", "security", production, ["Servers"]);
  const web = project(named, "web", "web", production, ["Servers", "Servers", "Backup"]);
  const compute = named("hypervisor compute-01", "compute-01");
  const hypervisors = [compute, named("hypervisor compute-02", "compute-02")];
  // Addresses from a block that is reserved for documentation (RFC 5737); the samples show microservices by IP address.
  const ip = (region: number) => `192.0.2.${index * 4 + region}`;
  return {
    kind: "openstack",
    type,
    host,
    name: host.split(".", 1)[0] ?? host,
    version,
    edition: "Zed",
    protocol,
    accounts: defaultAccounts.map((account) => ({ ...account, domain: defaultDomain })),
    regions: [
      region("RegionOne", ip(1), protocol),
      ...(type === "OPENSTACK" ? [region("RegionTwo", ip(2), "http" as const)] : []),
    ],
    hypervisors,
    domains: [defaultOne, production],
    projects: [security, productionSecurity, web],
    vms: [
      { ...vm(named, web, "web-01", false), hypervisorId: compute.id },
      { ...vm(named, security, "svm-existing", true), hypervisorId: compute.id },
    ],
  };
}

function region(id: string, ip: string, protocol: "https" | "http"): Region {
  const service = (name: keyof typeof services): Microservice[] => [
    { address: `${ip}:${services[name].port}`, protocol, version: services[name].version },
  ];
  return {
    id,
    services: {
      compute: service("compute"),
      glance: service("glance"),
      neutron: service("neutron"),
      cinder: service("cinder"),
    },
  };
}

function project(
  named: Named,
  path: string,
  name: string,
  domain: NamedObject,
  networks: readonly string[],
): OpenstackProject {
  const each = (kind: string, ...names: readonly string[]) =>
    names.map((itsName, index) => named(`${path} ${kind} ${index}`, itsName));
  const flavor = (size: string, vCpus: number, ramInMegabytes: number, suitableForSvmVersions: string[]) => ({
    ...named(`${path} flavor ${size}`, size),
    vCpus,
    ramInMegabytes,
    diskInGigabytes: 30,
    suitableForSvmVersions,
  });
  return {
    ...named(`project ${path}`, name),
    domainId: domain.id,
    networks: each("network", ...networks),
    volumeTypes: each("volume type", "ssd", "hdd"),
    securityGroups: each("security group", "default", "svm"),
    serverGroups: each("server group", "svm-anti-affinity"),
    flavors: [
      flavor("m1.tiny", 1, 512, []),
      flavor("svm.medium", 2, 4096, ["5.2", "6.2"]),
      flavor("svm.large", 4, 8192, ["5.2", "6.2"]),
    ],
    availabilityZones: [{ name: "nova" }, { name: "az-2" }],
  };
}

function vm(named: Named, parent: OpenstackProject, name: string, isSvm: boolean): VirtualMachine {
  const securityGroups = parent.securityGroups.slice(0, 1).map((group) => ({ ...group }));
  return {
    ...named(`vm ${name}`, name),
    parentId: parent.id,
    state: "Enabled",
    networkAdapters: parent.networks.slice(0, 1).map((network) => ({ ...network, securityGroups })),
    isSvm,
    ...(isSvm ? { svmVersion: "6.2.0.1000" } : {}),
  };
}
