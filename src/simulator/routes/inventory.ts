import type { Habits } from "../habits";
import type { JsonObject } from "../json";
import type { NamedObject, OpenstackProject, Platform, VirtualMachine } from "../world/platforms";

export type ObjectType = "Host" | "OpenstackDomain" | "OpenstackProject" | "VM" | "SVM";

/** One object of a platform, in the two lengths it can be asked for. */
export interface InventoryObject {
  readonly type: ObjectType;
  readonly id: string;
  /** Where it belongs, whatever is shown. */
  readonly parentId: string;
  /** Whether lists show it without an id. */
  readonly hidesId: boolean;
  readonly general: JsonObject;
  /** What DetailedInfo and a request for the single object show beside the general properties. */
  readonly details: JsonObject;
}

export function objectBody(object: InventoryObject, detailed: boolean): JsonObject {
  return detailed ? { ...object.general, ...object.details } : object.general;
}

/** Everything on a platform, top down. */
export function inventoryOf(platform: Platform, infrastructureId: string, habits: Habits): readonly InventoryObject[] {
  const vms = platform.vms.map((vm) => (vm.isSvm ? svmObject(vm, habits) : vmObject(vm)));
  if (platform.kind === "hypervisor") {
    const hosts = platform.hosts.map((host) =>
      inventoryObject(
        "Host",
        { id: host.id, name: host.name, parentId: infrastructureId, state: host.state },
        {
          resources: {
            networks: host.networks.map(idAndName),
            storages: host.storages.map((storage) => ({ ...idAndName(storage), freeSpace: storage.freeSpace })),
          },
        },
      ),
    );
    return [...hosts, ...vms];
  }
  const domains = platform.domains.map((domain) =>
    inventoryObject("OpenstackDomain", { ...idAndName(domain), parentId: infrastructureId }, {}),
  );
  const projects = platform.projects.map((project) =>
    inventoryObject(
      "OpenstackProject",
      { ...idAndName(project), parentId: project.domainId },
      { resources: projectResources(project) },
    ),
  );
  return [...domains, ...projects, ...vms];
}

function vmObject(vm: VirtualMachine): InventoryObject {
  return inventoryObject(
    vm.isSvm ? "SVM" : "VM",
    { ...idAndName(vm), parentId: vm.parentId, state: vm.state, isSvm: vm.isSvm, svmVersion: vm.svmVersion },
    {
      networkAdapters: vm.networkAdapters.map((adapter) => ({
        ...idAndName(adapter),
        securityGroups: adapter.securityGroups?.map(idAndName),
      })),
    },
  );
}

function svmObject(svm: VirtualMachine, habits: Habits): InventoryObject {
  const { svmsWithoutId, svmsWithoutAdapterIds, openstackSvmParent } = habits;
  const object = vmObject(svm);
  const shownParent = openstackSvmParent === "hypervisor" ? (svm.hypervisorId ?? svm.parentId) : svm.parentId;
  return {
    ...object,
    hidesId: isNamed(svm, svmsWithoutId),
    general: { ...object.general, parentId: shownParent },
    details: isNamed(svm, svmsWithoutAdapterIds)
      ? { networkAdapters: svm.networkAdapters.map(({ name }) => ({ name })) }
      : object.details,
  };
}

function isNamed({ name }: NamedObject, names: readonly string[]): boolean {
  return names.includes(name) || names.includes("*");
}

function projectResources(project: OpenstackProject): JsonObject {
  return {
    networks: project.networks.map(idAndName),
    volumeTypes: project.volumeTypes.map(idAndName),
    securityGroups: project.securityGroups.map(idAndName),
    serverGroups: project.serverGroups.map(idAndName),
    flavors: project.flavors.map((flavor) => ({
      ...idAndName(flavor),
      vCpus: flavor.vCpus,
      ramInMegabytes: flavor.ramInMegabytes,
      diskInGigabytes: flavor.diskInGigabytes,
      suitableForSvmVersions: [...flavor.suitableForSvmVersions],
    })),
    availabilityZones: project.availabilityZones.map(({ name }) => ({ name })),
  };
}

function inventoryObject(
  type: ObjectType,
  general: JsonObject & { readonly id: string; readonly parentId: string },
  details: JsonObject,
): InventoryObject {
  return { type, id: general.id, parentId: general.parentId, hidesId: false, general, details };
}

function idAndName({ id, name }: NamedObject) {
  return { id, name };
}
