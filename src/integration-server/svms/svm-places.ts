/** Where SVMs are: on which hypervisor, or in which OpenStack project. */
import { canonicalId, isSameId } from "../ids";
import type { Infrastructures } from "../infrastructures/infrastructures";
import type { Names } from "../infrastructures/names";
import type { NamedObject, VirtualMachine } from "../infrastructures/objects";
import type { Clock } from "../waiting/clock";
import { SharedReading } from "../waiting/shared-work";
import type { NamedPlace } from "./finding";
import { named } from "./listed";
import { Projects } from "./projects";
import type { SvmLocation } from "./svm";

export interface SvmPlacesOptions {
  readonly infrastructures: Pick<Infrastructures, "objects">;
  readonly names: Names;
  readonly clock: Clock;
}

export class SvmPlaces {
  readonly projects: Projects;
  readonly #options: SvmPlacesOptions;
  readonly #places = new Map<string, SharedReading<readonly NamedObject[]>>();

  constructor(options: SvmPlacesOptions) {
    this.#options = options;
    this.projects = new Projects(options.infrastructures);
  }

  /** Those of the place's name that are there. */
  async namesakes(
    place: NamedPlace,
    svms: readonly VirtualMachine[],
    signal: AbortSignal | undefined,
  ): Promise<readonly VirtualMachine[]> {
    const namesakes = named(svms, place.name);
    return namesakes.length === 0 ? [] : this.inPlace(place, namesakes, signal);
  }

  /**
   * Those that are there. In OpenStack the parent of an SVM may be its project, or the hypervisor that it runs on, as in a
   * sample of the documents; then the project knows its children.
   */
  async inPlace(
    { type, infrastructureId, locationId }: SvmLocation,
    svms: readonly VirtualMachine[],
    signal: AbortSignal | undefined,
  ): Promise<readonly VirtualMachine[]> {
    const isThere = ({ parentId }: VirtualMachine) => parentId === undefined || isSameId(parentId, locationId);
    if (type === "host" || svms.every(isThere)) return svms.filter(isThere);
    const children = await this.projects.children(infrastructureId, locationId, signal);
    return svms.filter((vm) => isThere(vm) || children.has(canonicalId(vm.id)));
  }

  /** What a hypervisor or project is called; read once for all of an infrastructure. */
  async nameOf(infrastructureId: string, placeId: string, signal?: AbortSignal): Promise<string | undefined> {
    const known = this.#options.names.placeName(infrastructureId, placeId);
    return known ?? (await this.#placesOf(infrastructureId, signal)).find(({ id }) => isSameId(id, placeId))?.name;
  }

  /** The OpenStack project of an SVM, whose parent may be a hypervisor: then each project is asked for its children. */
  async projectOf(infrastructureId: string, vm: VirtualMachine, signal?: AbortSignal): Promise<string | undefined> {
    const projects = await this.#placesOf(infrastructureId, signal);
    return (await this.projects.of(infrastructureId, [vm], projects, signal)).get(vm.id);
  }

  #placesOf(infrastructureId: string, signal: AbortSignal | undefined): Promise<readonly NamedObject[]> {
    const { infrastructures, clock } = this.#options;
    const read = async (signal: AbortSignal) => (await infrastructures.objects(infrastructureId, { signal })).locations;
    const places = this.#places.get(infrastructureId) ?? new SharedReading(read, Number.POSITIVE_INFINITY, clock);
    this.#places.set(infrastructureId, places);
    return places.recent(signal);
  }
}
