import type { Host, NamedObject, OpenstackProject, Platform, VirtualMachine } from "./world/platforms";
import { adapter, machineId, type Svms, scheduled } from "./world/svms";
import type { World } from "./world/world";

/** A machine that somebody makes on a platform. */
export interface HandMadeMachine {
  readonly name: string;
  /** The host or OpenStack project it is on, by name or id. */
  readonly on: string;
  /** The platform's host name; needed where more than one place has this name. */
  readonly platform?: string;
  /** @default a new one */
  readonly id?: string;
}

/**
 * What people and platforms do to machines without asking the Integration Server. Names of SVMs are those on their platforms;
 * a name or place that there is not, or more than once, is a RangeError.
 */
export interface ByHand {
  /**
   * Moves an SVM, as live migration and high availability do: to a host, by name or id, or in OpenStack to a hypervisor. Its
   * networks are then those of the same names there.
   */
  moveSvm(name: string, to: string): void;
  renameSvm(name: string, newName: string): void;
  powerOffSvm(name: string): void;
  powerOnSvm(name: string): void;
  /** Deletes an SVM on its platform. */
  removeSvm(name: string): void;
  /** Makes an SVM, with the klconfig password of those that are there from the start. @returns its id */
  addSvm(svm: HandMadeMachine & { /** @default "6.2.0.1000" */ readonly svmVersion?: string }): string;
  /** Makes a machine that is no SVM, such as another team's. @returns its id */
  addVm(vm: HandMadeMachine): string;
  /**
   * Deletes an SVM and gives its id to a machine that is made then, as some platforms do.
   *
   * @param by what comes in its place; where it was unless told otherwise
   */
  reuseSvmId(
    name: string,
    by: { readonly name: string; readonly on?: string /** @default false */; readonly isSvm?: boolean },
  ): void;
}

export function byHand(world: World): ByHand {
  const { svms } = world;
  const add = ({ name, on: place, platform: host, id }: HandMadeMachine, svmVersion?: string) => {
    const { platform, location } = locate(world, place, host);
    const made = machine(
      platform,
      location,
      id ?? machineId(world.identifiers, platform, `machine ${world.nextNumber("machine")}`),
      name,
      svmVersion,
    );
    svms.addMachine(platform, made);
    return made.id;
  };
  return {
    moveSvm: (name, to) => move(svms, name, to),
    renameSvm: (name, newName) => svms.rename(svms.named(name).vm.id, newName),
    powerOffSvm: (name) => svms.update(svms.named(name).vm.id, { state: "Disabled" }),
    powerOnSvm: (name) => svms.update(svms.named(name).vm.id, { state: "Enabled" }),
    removeSvm: (name) => svms.remove(svms.named(name).vm.id),
    addSvm: ({ svmVersion, ...svm }) => add(svm, svmVersion ?? defaultVersion),
    addVm: (vm) => add(vm),
    reuseSvmId: (name, { name: newName, on: place, isSvm }) => {
      const { platform, vm } = svms.named(name);
      svms.remove(vm.id);
      const by = { name: newName, on: place ?? vm.parentId, platform: platform.host, id: vm.id };
      add(by, isSvm ? defaultVersion : undefined);
    },
  };
}

const defaultVersion = "6.2.0.1000";

function move(svms: Svms, name: string, to: string): void {
  const { platform, vm } = svms.named(name);
  if (platform.kind === "openstack") {
    const hypervisor = theOnly(platform.hypervisors.filter(isCalled(to)), `hypervisors ${to} on ${platform.host}`);
    svms.update(vm.id, { hypervisorId: hypervisor.id });
    return;
  }
  const host = theOnly(platform.hosts.filter(isCalled(to)), `hosts ${to} on ${platform.host}`);
  const networkAdapters = vm.networkAdapters.map(
    (each) => host.networks.find((network) => network.name === each.name) ?? each,
  );
  svms.update(vm.id, { parentId: host.id, networkAdapters: networkAdapters.map((each) => ({ ...each })) });
}

/** A running machine on the first network of its place. */
function machine(
  platform: Platform,
  location: Host | OpenstackProject,
  id: string,
  name: string,
  svmVersion: string | undefined,
): VirtualMachine {
  return {
    id,
    name,
    parentId: location.id,
    ...scheduled(platform),
    state: "Enabled",
    networkAdapters: location.networks.slice(0, 1).map((network) => adapter(platform, network.id)),
    ...(svmVersion === undefined ? { isSvm: false } : { isSvm: true, svmVersion }),
  };
}

function locate(world: World, place: string, host: string | undefined) {
  const platforms = [...world.platforms.values()].filter((platform) => host === undefined || platform.host === host);
  const found = platforms.flatMap((platform) => {
    const locations: readonly (Host | OpenstackProject)[] =
      platform.kind === "hypervisor" ? platform.hosts : platform.projects;
    return locations.filter(isCalled(place)).map((location) => ({ platform, location }));
  });
  return theOnly(found, `hosts and projects ${place} on ${host ?? "all platforms together"}`);
}

function isCalled(nameOrId: string): (object: NamedObject) => boolean {
  return ({ id, name }) => id === nameOrId || name === nameOrId;
}

function theOnly<Item>(items: readonly Item[], what: string): Item {
  const [item, ...others] = items;
  if (item === undefined || others.length > 0) {
    throw new RangeError(`There are ${items.length} ${what}, not one.`);
  }
  return item;
}
