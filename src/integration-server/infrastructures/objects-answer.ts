/** Reads the objects of an infrastructure. What lacks an id is left out, and told. */
import type { JsonReader } from "../http/json-reader";
import { documented } from "../open-union";
import { flatMapInTurns } from "../waiting/turns";
import type {
  Flavor,
  InfrastructureObject,
  InfrastructureObjects,
  Location,
  NamedObject,
  NetworkAdapter,
  Resources,
  Storage,
  UnidentifiedObject,
  VirtualMachine,
} from "./objects";

type Kind = UnidentifiedObject["kind"];
type Tell = (unidentified: UnidentifiedObject) => void;

/** Of hosts and of machines, as the samples have them. */
const STATES = ["Started", "Enabled"] as const;

/** An infrastructure may have fifty thousand machines: others have their turn meanwhile. */
export async function parseObjects(answer: JsonReader): Promise<InfrastructureObjects> {
  const unidentified: UnidentifiedObject[] = [];
  const tell: Tell = (object) => unidentified.push(object);
  const identified = async <T>(list: JsonReader, kind: Kind, parse: (object: JsonReader) => T) => {
    const tellIt = ({ name, parentId }: Anonymous) => tell({ kind, name, parent: parentId });
    const objects = await flatMapInTurns(list.list(), (object) => withIds([object], tellIt));
    return flatMapInTurns(objects, (object) => [parse(object)]);
  };
  const parseOne = (location: JsonReader) => parseLocation(location, tell);
  return {
    locations: await identified(answer.object().field("locations"), "location", parseOne),
    vms: await identified(answer.field("vms"), "virtual machine", (vm) => parseVirtualMachine(vm, tell)),
    unidentified,
  };
}

/** Nothing names the kind of an object, but only virtual machines have adapters and say whether they are SVMs. */
export function parseObject(answer: JsonReader, id: string): InfrastructureObject {
  answer.object().field("id").id(id);
  const isLocation = answer.field("isSvm").isMissing && answer.field("networkAdapters").isMissing;
  const ignore: Tell = () => undefined;
  return isLocation ? parseLocation(answer, ignore) : parseVirtualMachine(answer, ignore);
}

function parseLocation(location: JsonReader, tell: Tell): Location {
  const resources = location.field("resources");
  const named = parseNamed(location);
  return {
    kind: "location",
    ...named,
    parentId: location.field("parentId").optionalText(),
    state: parseState(location),
    resources: resources.isObject ? parseResources(resources, named, tell) : undefined,
  };
}

function parseVirtualMachine(vm: JsonReader, tell: Tell): VirtualMachine {
  const named = parseNamed(vm);
  const adapters = vm.field("networkAdapters");
  const identified = withIds(adapters.optionalList(), ({ name }) =>
    tell({ kind: "network adapter", name, parent: named.name }),
  );
  return {
    kind: "vm",
    ...named,
    parentId: vm.field("parentId").optionalText(),
    state: parseState(vm),
    networkAdapters: identified.map(parseNetworkAdapter),
    showsAllAdapters: adapters.isMissing || identified.length === adapters.length,
    isSvm: vm.field("isSvm").optionalFlag() ?? false,
    svmVersion: vm.field("svmVersion").shown(),
  };
}

function parseState(object: JsonReader): string | undefined {
  const state = object.field("state").optionalText();
  return state === undefined ? undefined : documented(state, STATES);
}

function parseNetworkAdapter(adapter: JsonReader): NetworkAdapter {
  return {
    ...parseNamed(adapter),
    securityGroups: withIds(adapter.field("securityGroups").optionalList()).map(parseNamed),
  };
}

function parseResources(resources: JsonReader, { name: parent }: NamedObject, tell: Tell): Resources {
  const list = (field: string): readonly JsonReader[] =>
    withIds(resources.field(field).optionalList(), ({ name }) => tell({ kind: "resource", name, parent }));
  return {
    networks: list("networks").map(parseNamed),
    storages: list("storages").map(parseStorage),
    volumeTypes: list("volumeTypes").map(parseNamed),
    securityGroups: list("securityGroups").map(parseNamed),
    serverGroups: list("serverGroups").map(parseNamed),
    flavors: list("flavors").map(parseFlavor),
    availabilityZones: resources
      .field("availabilityZones")
      .optionalList()
      .flatMap((zone) => zone.field("name").optionalText() ?? []),
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
      .optionalList()
      .flatMap((version) => version.optionalText() ?? []),
  };
}

interface Anonymous {
  readonly name: string | undefined;
  readonly parentId: string | undefined;
}

/** The elements of a list that have an id. */
function withIds(
  elements: readonly JsonReader[],
  tell: (anonymous: Anonymous) => void = () => undefined,
): readonly JsonReader[] {
  return elements.filter((element) => {
    const isIdentified = element.field("id").optionalText() !== undefined;
    const name = element.field("name").optionalText();
    if (!isIdentified) tell({ name, parentId: element.field("parentId").optionalText() });
    return isIdentified;
  });
}

/** An object without a name goes by its id. */
function parseNamed(object: JsonReader): NamedObject {
  const id = object.object().field("id").text();
  return { id, name: object.field("name").optionalText() ?? id };
}
