/** What stands in an inventory, as checks of its values; what each means is said where the types are. */
import { isIPv6 } from "node:net";
import {
  type HypervisorEntry,
  hypervisorTypes,
  type Inventory,
  microserviceNames,
  type OpenstackEntry,
  openstackTypes,
} from "../simulator";
import { type Check, listOf, map, mistaken, namedOr, number, oneOf, optional, text, truth } from "./checks";
import { mistakeAt } from "./document";

const name = text();
const id = text();
const version = text("a version");
const address = text("a host name or IP address, with a port if need be", isAddress);
const addressWithPort = text("an address as host:port", (value) => isAddress(value) && /:\d+$/.test(value));
const names = listOf(name);

function isAddress(value: string): boolean {
  const [, host = value, port = "443"] = /^(.+):(\d+)$/.exec(value) ?? [];
  const isIpv6 = host.startsWith("[") && host.endsWith("]") && isIPv6(host.slice(1, -1));
  return (isIpv6 || /^[^\s/@?#:[\]]+$/.test(host)) && Number(port) >= 1 && Number(port) <= 65535;
}

const named = namedOr(map({ name, id: optional(id) }));
const machine = {
  name,
  id: optional(id),
  state: optional(text("a state")),
  networks: optional(names),
};
const machines = {
  svms: optional(
    listOf(namedOr(map({ ...machine, version: optional(version), klconfigPassword: optional(text("a password")) }))),
  ),
  vms: optional(listOf(namedOr(map(machine)))),
};

const storage = namedOr(map({ name, id: optional(id), freeSpace: optional(number("a number, 0 or more", 0)) }));
const host = namedOr(
  map({
    name,
    id: optional(id),
    state: optional(text("a state")),
    networks: optional(listOf(named)),
    storages: optional(listOf(storage)),
    ...machines,
  }),
);

const flavor = namedOr(
  map({
    name,
    id: optional(id),
    vCpus: optional(number("a number of virtual CPUs", 1)),
    ramInMegabytes: optional(number("a number of megabytes", 1)),
    diskInGigabytes: optional(number("a number of gigabytes", 0)),
    suitableForSvmVersions: optional(listOf(version)),
  }),
);
const project = namedOr(
  map({
    name,
    id: optional(id),
    domain: optional(name),
    networks: optional(listOf(named)),
    volumeTypes: optional(listOf(named)),
    securityGroups: optional(listOf(named)),
    serverGroups: optional(listOf(named)),
    flavors: optional(listOf(flavor)),
    availabilityZones: optional(names),
    ...machines,
  }),
);

const protocol = oneOf("https", "http");
const service = map({
  service: oneOf(...microserviceNames),
  address: addressWithPort,
  protocol: optional(protocol),
  version: optional(version),
});
const region: Check<{ readonly id: string }> = (value, note) =>
  value.kind === "map"
    ? map({ id, services: optional(listOf(service)) })(value, note)
    : withId(text("a region's id, or a map with one")(value, note));
const withId = (given: string | undefined) => (given === undefined ? undefined : { id: given });

const account = map({
  name,
  password: optional(text("a password")),
  role: optional(oneOf("admin", "readOnly", "none")),
  domain: optional(name),
});
const certificate = map({
  address: addressWithPort,
  thumbprint: text("a thumbprint: 40 hexadecimal digits", (value) => /^[0-9A-F]{40}$/i.test(value)),
  data: optional(text("Base64", (value) => /^[A-Za-z0-9+/]+=*$/.test(value))),
});
const anyInfrastructure = {
  address,
  name: optional(name),
  version: optional(version),
  accounts: optional(listOf(account)),
  connected: optional(truth),
  id: optional(id),
  outage: optional(oneOf("NETWORK_ERROR", "SERVER_ERROR")),
  certificates: optional(listOf(certificate)),
};
const hypervisor: Check<HypervisorEntry> = map({
  type: oneOf(...hypervisorTypes),
  ...anyInfrastructure,
  primary: optional(address),
  hosts: optional(listOf(host)),
});
const openstack: Check<OpenstackEntry> = map({
  type: oneOf(...openstackTypes),
  ...anyInfrastructure,
  edition: optional(name),
  protocol: optional(protocol),
  regions: optional(listOf(region)),
  domains: optional(listOf(named)),
  projects: optional(listOf(project)),
  hypervisors: optional(listOf(named)),
});

/** Which fields there are follows from the type. */
const infrastructure: Check<HypervisorEntry | OpenstackEntry> = (value, note) => {
  const type = value.kind === "map" ? value.fields.get("type")?.value : undefined;
  if (type === undefined) {
    note(
      value.kind === "map"
        ? mistakeAt(value, "type is missing.")
        : mistaken(value, "a map with type, address and more"),
    );
    return undefined;
  }
  const known = oneOf(...hypervisorTypes, ...openstackTypes)(type, note);
  if (known === undefined) return undefined;
  return openstackTypes.some((each) => each === known) ? openstack(value, note) : hypervisor(value, note);
};

const image = map({
  manifestPath: text("an absolute path that ends in .xml", (value) => /^(\/|[A-Za-z]:\\).*\.xml$/i.test(value)),
  svmVersion: version,
  size: optional(number("a number of bytes", 1)),
  tampered: optional(truth),
});
const server = map({
  address: addressWithPort,
  password: optional(text("a password")),
  role: optional(oneOf("Standalone", "Primary", "Reserve")),
});

export const inventoryForm: Check<Inventory> = map({
  infrastructures: listOf(infrastructure),
  images: optional(listOf(image)),
  servers: optional(listOf(server)),
});
