/** A real server as an inventory: what documented GETs show of its infrastructures. It has no secrets to show. */
import type {
  Infrastructure,
  IntegrationServer,
  Location,
  Microservice,
  NamedObject,
  VirtualMachine,
} from "../integration-server";
import { parseAddress } from "../integration-server/address";
import {
  infrastructureType,
  isInfrastructureType,
  isOpenstackType,
  trustEndpoints,
} from "../resources/shared/schema/infrastructure-types";
import {
  type AccountEntry,
  type CertificateEntry,
  type HostEntry,
  type HypervisorEntry,
  type Inventory,
  microserviceNames,
  type NamedEntry,
  type OpenstackEntry,
  type ProjectEntry,
  type RegionEntry,
  type ServiceEntry,
  type SvmEntry,
} from "../simulator";

export interface FromServerOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads infrastructures with their places and SVMs; other virtual machines are nobody's business here. In the simulator,
 * passwords are its own.
 *
 * @param ids of infrastructures
 * @throws where one of them cannot be read, is of a type that the simulator does not know, or is at the address of another
 */
export async function inventoryFromServer(
  server: IntegrationServer,
  ids: readonly string[],
  { signal }: FromServerOptions = {},
): Promise<Inventory> {
  const infrastructures: (HypervisorEntry | OpenstackEntry)[] = [];
  // One after the other: each is a long list.
  for (const id of ids) infrastructures.push(await infrastructureEntry(server, id, signal));
  refuseTwins(infrastructures);
  return { infrastructures };
}

/** As of two regions of one OpenStack, connected each by itself. */
function refuseTwins(infrastructures: Inventory["infrastructures"]): void {
  const hostOf = (address: string) => parseAddress(address, 0)?.host.toLowerCase() ?? address;
  const seen = new Map<string, string | undefined>();
  for (const { address, id } of infrastructures) {
    const host = hostOf(address);
    if (seen.has(host)) {
      throw new Error(
        `The infrastructures ${seen.get(host)} and ${id} are both at ${host}, and the simulator has one at each address. Name one of them.`,
      );
    }
    seen.set(host, id);
  }
}

async function infrastructureEntry(
  server: IntegrationServer,
  id: string,
  signal: AbortSignal | undefined,
): Promise<HypervisorEntry | OpenstackEntry> {
  const infrastructure = await server.infrastructures.get(id, { signal });
  const { type, address, name, version, openstack } = infrastructure;
  if (!isInfrastructureType(type)) {
    throw new Error(`The infrastructure ${id} is of the type ${type}, which the simulator does not have.`);
  }
  const certificates = await certificatesOf(server, infrastructure, signal);
  const common = {
    address,
    ...given({ name, version: version || undefined }),
    connected: true,
    id,
    accounts: accountsOf(infrastructure),
    ...outageOf(infrastructure),
    ...(certificates.length > 0 ? { certificates } : {}),
  };
  if (!isOpenstackType(type)) {
    return { type: type as HypervisorEntry["type"], ...common, hosts: await hostsOf(server, id, signal) };
  }
  const protocol = openstack?.protocol === "http" ? "http" : "https";
  const regions = regionsOf(infrastructure.microservices);
  return {
    type,
    ...common,
    ...given({ edition: infrastructure.edition || undefined }),
    protocol,
    ...(regions.length > 0 ? { regions } : {}),
    ...(await projectsOf(server, id, signal)),
  };
}

/** Without their passwords, which no answer has; of OpenStack's accounts, the documents do not even show names. */
function accountsOf({ accounts, connection }: Infrastructure): readonly AccountEntry[] {
  const entry = (account: Infrastructure["accounts"]["admin"], name: string, role: "admin" | "readOnly") => ({
    name: account?.name ?? name,
    role,
    ...given({ domain: account?.domain }),
  });
  const readOnly = connection.readOnly === undefined ? [] : [entry(accounts.readOnly, "viewer", "readOnly")];
  return [entry(accounts.admin, "admin", "admin"), ...readOnly];
}

function outageOf({ connection: { admin } }: Infrastructure): Pick<HypervisorEntry, "outage"> {
  const outage = (["NETWORK_ERROR", "SERVER_ERROR"] as const).find((error) => error === admin.error);
  return given({ outage });
}

/** What cannot be asked for now is left out: the simulator then presents something of its own. */
async function certificatesOf(
  server: IntegrationServer,
  { type, address, openstack, microservices }: Infrastructure,
  signal: AbortSignal | undefined,
): Promise<readonly CertificateEntry[]> {
  const trust = isInfrastructureType(type) && openstack?.protocol !== "http" ? infrastructureType(type).trust : [];
  const services = microservices.filter((service) => service.protocol === "https");
  const endpoints = [
    ...trustEndpoints(trust, address),
    ...services.map((service) => ({ protocol: "https" as const, address: service.address ?? "" })),
  ];
  const found = await Promise.all(
    endpoints.map(async ({ protocol, address: its }): Promise<readonly CertificateEntry[]> => {
      const parsed = parseAddress(its);
      if (parsed === undefined) return [];
      try {
        const { thumbprint } = await server.certificates.present(parsed, protocol, { signal });
        const digits = thumbprint.replace(/[^0-9A-Fa-f]/g, "").toUpperCase();
        return digits.length === 40 ? [{ address: its, thumbprint: digits }] : [];
      } catch {
        signal?.throwIfAborted();
        return [];
      }
    }),
  );
  return found.flat();
}

async function hostsOf(
  server: IntegrationServer,
  id: string,
  signal: AbortSignal | undefined,
): Promise<readonly HostEntry[]> {
  const { locations, vms } = await server.infrastructures.objects(id, {
    types: ["Host", "SVM"],
    detailed: true,
    signal,
  });
  return locations.map((host) => ({
    ...namedEntry(host),
    ...given({ state: host.state }),
    networks: (host.resources?.networks ?? []).map(namedEntry),
    storages: (host.resources?.storages ?? []).map((storage) => ({
      ...namedEntry(storage),
      ...given({ freeSpace: storage.freeSpace }),
    })),
    ...svmsIn(vms.filter(({ parentId }) => parentId === host.id)),
  }));
}

async function projectsOf(
  server: IntegrationServer,
  id: string,
  signal: AbortSignal | undefined,
): Promise<Pick<OpenstackEntry, "domains" | "projects">> {
  const { locations, vms } = await server.infrastructures.objects(id, {
    types: ["OpenstackDomain", "OpenstackProject", "SVM"],
    detailed: true,
    signal,
  });
  const isProject = ({ parentId }: Location) => locations.some((domain) => domain.id === parentId);
  const domains = locations.filter((location) => !isProject(location));
  const svms = vms.filter(({ isSvm }) => isSvm);
  // An SVM's own parent may be a hypervisor.
  const projectOf = await server.judge.places.projects.of(id, svms, locations.filter(isProject), signal);
  const projects = locations.filter(isProject).map((project) =>
    projectEntry(
      project,
      domains.find((domain) => domain.id === project.parentId)?.name,
      svms.filter((svm) => projectOf.get(svm.id) === project.id),
    ),
  );
  return { domains: domains.map(namedEntry), projects };
}

function projectEntry(project: Location, domain: string | undefined, svms: readonly VirtualMachine[]): ProjectEntry {
  const { resources } = project;
  return {
    ...namedEntry(project),
    ...given({ domain }),
    networks: (resources?.networks ?? []).map(namedEntry),
    volumeTypes: (resources?.volumeTypes ?? []).map(namedEntry),
    securityGroups: (resources?.securityGroups ?? []).map(namedEntry),
    serverGroups: (resources?.serverGroups ?? []).map(namedEntry),
    flavors: (resources?.flavors ?? []).map((flavor) => ({
      ...namedEntry(flavor),
      ...given({
        vCpus: flavor.vCpus,
        ramInMegabytes: flavor.ramInMegabytes,
        diskInGigabytes: flavor.diskInGigabytes,
      }),
      suitableForSvmVersions: flavor.suitableForSvmVersions,
    })),
    availabilityZones: resources?.availabilityZones ?? [],
    ...svmsIn(svms),
  };
}

function svmsIn(vms: readonly VirtualMachine[]): { readonly svms?: readonly SvmEntry[] } {
  const svms = vms
    .filter(({ isSvm }) => isSvm)
    .map((svm) => ({
      ...namedEntry(svm),
      ...given({ version: svm.svmVersion || undefined, state: svm.state }),
      // By id, which is nobody else's.
      networks: svm.networkAdapters.map((adapter) => adapter.id),
    }));
  return svms.length > 0 ? { svms } : {};
}

function regionsOf(microservices: readonly Microservice[]): readonly RegionEntry[] {
  const ids = [...new Set(microservices.map(({ region }) => region))];
  return ids.map((id) => ({
    id,
    services: microservices.filter(({ region }) => region === id).flatMap(serviceEntry),
  }));
}

function serviceEntry({ service, address, protocol, version }: Microservice): readonly ServiceEntry[] {
  const known = microserviceNames.find((each) => each === service);
  if (known === undefined || address === undefined) return [];
  return [
    {
      service: known,
      address,
      protocol: protocol === "http" ? "http" : "https",
      ...given({ version: version || undefined }),
    },
  ];
}

const namedEntry = ({ id, name }: NamedObject): NamedEntry & { readonly id: string } => ({ name, id });

/** The properties that there are. */
function given<T extends object>(values: T): { readonly [Name in keyof T]?: NonNullable<T[Name]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    readonly [Name in keyof T]?: NonNullable<T[Name]>;
  };
}
