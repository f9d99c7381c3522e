/** Reads the objects of an infrastructure. */
import type { JsonReader } from "../http/json-reader";
import type {
  Flavor,
  InfrastructureObject,
  InfrastructureObjects,
  Location,
  NamedObject,
  NetworkAdapter,
  Resources,
  Storage,
  VirtualMachine,
} from "./objects";

export function parseObjects(answer: JsonReader): InfrastructureObjects {
  return {
    locations: answer.object().field("locations").list().map(parseLocation),
    vms: answer.field("vms").list().map(parseVirtualMachine),
  };
}

/** Nothing names the kind of an object, but only virtual machines have adapters and say whether they are SVMs. */
export function parseObject(answer: JsonReader, id: string): InfrastructureObject {
  answer.object().field("id").id(id);
  const isLocation = answer.field("isSvm").isMissing && answer.field("networkAdapters").isMissing;
  return isLocation ? parseLocation(answer) : parseVirtualMachine(answer);
}

function parseLocation(location: JsonReader): Location {
  const resources = location.field("resources");
  return {
    kind: "location",
    ...parseNamed(location),
    parentId: location.field("parentId").optionalText(),
    state: location.field("state").optionalText(),
    resources: resources.isMissing ? undefined : parseResources(resources),
  };
}

function parseVirtualMachine(vm: JsonReader): VirtualMachine {
  return {
    kind: "vm",
    ...parseNamed(vm),
    parentId: vm.field("parentId").optionalText(),
    state: vm.field("state").optionalText(),
    networkAdapters: vm.field("networkAdapters").list().map(parseNetworkAdapter),
    isSvm: vm.field("isSvm").flag(),
    svmVersion: vm.field("svmVersion").optionalText(),
  };
}

function parseNetworkAdapter(adapter: JsonReader): NetworkAdapter {
  return { ...parseNamed(adapter), securityGroups: adapter.field("securityGroups").list().map(parseNamed) };
}

function parseResources(resources: JsonReader): Resources {
  const named = (name: string) => resources.field(name).list().map(parseNamed);
  return {
    networks: named("networks"),
    storages: resources.object().field("storages").list().map(parseStorage),
    volumeTypes: named("volumeTypes"),
    securityGroups: named("securityGroups"),
    serverGroups: named("serverGroups"),
    flavors: resources.field("flavors").list().map(parseFlavor),
    availabilityZones: resources
      .field("availabilityZones")
      .list()
      .map((zone) => zone.field("name").text()),
  };
}

function parseStorage(storage: JsonReader): Storage {
  return { ...parseNamed(storage), freeSpace: storage.field("freeSpace").optionalNumber() };
}

function parseFlavor(flavor: JsonReader): Flavor {
  return {
    ...parseNamed(flavor),
    vCpus: flavor.field("vCpus").optionalNumber(),
    ramInMegabytes: flavor.field("ramInMegabytes").optionalNumber(),
    diskInGigabytes: flavor.field("diskInGigabytes").optionalNumber(),
    suitableForSvmVersions: flavor
      .field("suitableForSvmVersions")
      .list()
      .map((version) => version.text()),
  };
}

/** An object without a name goes by its id. */
function parseNamed(object: JsonReader): NamedObject {
  const id = object.object().field("id").text();
  return { id, name: object.field("name").optionalText() ?? id };
}
