import type { Identifiers } from "./identifiers";
import type { NetworkAdapter, Platform, VirtualMachine } from "./platforms";
import type { SvmSettings } from "./svm-settings";

/** The klconfig password of the SVMs that are there when a simulator starts. */
export const existingKlconfigPassword = "Klconfig-Passw0rd";

/** An SVM somewhere in the simulated network. */
export interface Svm {
  readonly platform: Platform;
  /** As its platform has it. */
  readonly vm: VirtualMachine;
  readonly settings: SvmSettings;
  /** Nothing until it has one. */
  readonly ipAddress?: string;
}

/** Who is told of changes to a platform's machines. */
export interface PlatformWatcher {
  beforeChange(platform: Platform): void;
  afterChange(platform: Platform): void;
}

/**
 * The SVMs of every platform. What is changed here is seen by the Integration Server at its next request, as if it had
 * looked at the platform in between, unless its lists lag.
 */
export class Svms {
  readonly #platforms: ReadonlyMap<string, Platform>;
  #watcher: PlatformWatcher | undefined;
  readonly #settings = new Map<string, SvmSettings>();
  readonly #ipAddresses = new Map<string, string>();

  constructor(platforms: ReadonlyMap<string, Platform>) {
    this.#platforms = platforms;
  }

  /** There is one watcher; a second one takes its place. */
  watch(watcher: PlatformWatcher): void {
    this.#watcher = watcher;
  }

  /** Platform by platform, each one's oldest first. */
  get all(): readonly Svm[] {
    return [...this.#platforms.values()].flatMap((platform) =>
      platform.vms.filter((vm) => vm.isSvm).map((vm) => this.#svm(platform, vm)),
    );
  }

  find(id: string): Svm | undefined {
    for (const platform of this.#platforms.values()) {
      const vm = platform.vms.find((each) => each.isSvm && each.id === id);
      if (vm !== undefined) {
        return this.#svm(platform, vm);
      }
    }
    return undefined;
  }

  /** @throws RangeError if there is no SVM with this id */
  get(id: string): Svm {
    const svm = this.find(id);
    if (svm === undefined) {
      throw new RangeError(`There is no SVM ${id}.`);
    }
    return svm;
  }

  /** All with this name: nothing keeps two SVMs from having the same. */
  allNamed(name: string): readonly Svm[] {
    return this.all.filter(({ vm }) => vm.name === name);
  }

  /** @throws RangeError unless there is exactly one with this name */
  named(name: string): Svm {
    const [svm, ...others] = this.allNamed(name);
    if (svm === undefined || others.length > 0) {
      throw new RangeError(`There are ${others.length + (svm === undefined ? 0 : 1)} SVMs named ${name}, not one.`);
    }
    return svm;
  }

  add(platform: Platform, vm: VirtualMachine, settings: SvmSettings): void {
    this.addMachine(platform, vm);
    this.#settings.set(vm.id, settings);
  }

  /** Adds a machine that the Integration Server has told nothing: any other one, or an SVM that was made by hand. */
  addMachine(platform: Platform, vm: VirtualMachine): void {
    this.#change(platform, () => platform.vms.push(vm));
  }

  /** @throws RangeError if there is no SVM with this id, here and below */
  remove(id: string): void {
    const { platform, vm } = this.get(id);
    this.#change(platform, () => platform.vms.splice(platform.vms.indexOf(vm), 1));
    this.#settings.delete(id);
    this.#ipAddresses.delete(id);
  }

  rename(id: string, name: string): void {
    this.update(id, { name });
  }

  /** Gives it one adapter per network, in this order; a network that occurs twice gets two. */
  connect(id: string, ...networkIds: readonly string[]): void {
    const { platform } = this.get(id);
    this.update(id, { networkAdapters: networkIds.map((networkId) => adapter(platform, networkId)) });
  }

  /** Changes what its platform has of it, and what it was told. */
  update(id: string, vm: Partial<VirtualMachine>, settings: Partial<SvmSettings> = {}): void {
    const svm = this.get(id);
    this.#change(svm.platform, () => Object.assign(svm.vm, vm));
    this.#settings.set(id, { ...svm.settings, ...settings });
  }

  assignIpAddress(id: string, ipAddress: string): void {
    this.#ipAddresses.set(id, ipAddress);
  }

  #change(platform: Platform, change: () => void): void {
    this.#watcher?.beforeChange(platform);
    change();
    this.#watcher?.afterChange(platform);
  }

  #svm(platform: Platform, vm: VirtualMachine): Svm {
    const settings = this.#settings.get(vm.id) ?? { klconfigPassword: existingKlconfigPassword };
    const ipAddress = this.#ipAddresses.get(vm.id);
    return { platform, vm, settings, ...(ipAddress === undefined ? {} : { ipAddress }) };
  }
}

/** The id of a new machine: OpenStack's have no dashes. */
export function machineId(identifiers: Identifiers, platform: Platform, label: string): string {
  const uuid = identifiers.uuid(label);
  return platform.kind === "openstack" ? uuid.replaceAll("-", "") : uuid;
}

/** Where OpenStack's scheduler has a new machine run; nothing elsewhere. */
export function scheduled(platform: Platform): Pick<VirtualMachine, "hypervisorId"> {
  const [hypervisor] = platform.kind === "openstack" ? platform.hypervisors : [];
  return hypervisor === undefined ? {} : { hypervisorId: hypervisor.id };
}

/**
 * An adapter as objects show it.
 *
 * @throws RangeError if the platform has no such network or security group
 */
export function adapter(platform: Platform, networkId: string, groupIds?: readonly string[]): NetworkAdapter {
  const places = platform.kind === "hypervisor" ? platform.hosts : platform.projects;
  const network = places.flatMap((place) => place.networks).find((each) => each.id === networkId);
  if (network === undefined) {
    throw new RangeError(`${platform.host} has no network ${networkId}.`);
  }
  if (platform.kind === "hypervisor") {
    return { id: network.id, name: network.name };
  }
  const known = platform.projects.flatMap((project) => project.securityGroups);
  const securityGroups = (groupIds ?? []).map((id) => {
    const group = known.find((each) => each.id === id);
    if (group === undefined) {
      throw new RangeError(`${platform.host} has no security group ${id}.`);
    }
    return { id: group.id, name: group.name };
  });
  return { id: network.id, name: network.name, securityGroups };
}
