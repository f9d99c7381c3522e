/**
 * Which OpenStack project an SVM is in. The text of the documents has the project as its parent, a sample the hypervisor that it
 * runs on (SVM management, "Getting information about infrastructure objects"), and not every server finds it then when it is
 * asked for the project's children.
 */
import { isNotFound } from "../http/failure";
import { canonicalId } from "../ids";
import type { Infrastructures } from "../infrastructures/infrastructures";
import type { Location, NamedObject, VirtualMachine } from "../infrastructures/objects";

type Project = NamedObject & Partial<Pick<Location, "resources">>;

export class Projects {
  readonly #infrastructures: Pick<Infrastructures, "objects">;

  constructor(infrastructures: Pick<Infrastructures, "objects">) {
    this.#infrastructures = infrastructures;
  }

  /**
   * The projects of many, by the SVMs' ids, with a request per project at most; none for an SVM that nobody can tell of.
   *
   * @param projects with their resources, where those are known
   */
  async of(
    infrastructureId: string,
    vms: readonly VirtualMachine[],
    projects: readonly Project[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, string>> {
    const ids = new Map(projects.map(({ id }) => [canonicalId(id), id]));
    const found = new Map<string, string>();
    const missing = () => vms.filter(({ id }) => !found.has(id));
    for (const { id, parentId } of vms) {
      const projectId = parentId && ids.get(canonicalId(parentId));
      if (projectId) found.set(id, projectId);
    }
    for (const projectId of ids.values()) {
      if (missing().length === 0) break;
      const children = await this.children(infrastructureId, projectId, signal);
      for (const { id } of missing()) if (children.has(canonicalId(id))) found.set(id, projectId);
    }
    if (missing().some(hasNetworks)) {
      const isDetailed = projects.some(({ resources }) => resources !== undefined);
      const detailed = isDetailed ? projects : await this.#detailed(infrastructureId, signal);
      for (const vm of missing()) {
        const projectId = ids.get(canonicalId(onlyWithNetworksOf(vm, detailed) ?? ""));
        if (projectId !== undefined) found.set(vm.id, projectId);
      }
    }
    return found;
  }

  /** The SVMs that a project has when it is asked, by their canonical ids. */
  async children(infrastructureId: string, parentId: string, signal?: AbortSignal): Promise<ReadonlySet<string>> {
    try {
      const { vms } = await this.#infrastructures.objects(infrastructureId, { types: ["SVM"], parentId, signal });
      return new Set(vms.map(({ id }) => canonicalId(id)));
    } catch (error) {
      if (isNotFound(error)) return new Set();
      throw error;
    }
  }

  /** None where they cannot be had: then it stays unknown where those SVMs are. */
  async #detailed(infrastructureId: string, signal: AbortSignal | undefined): Promise<readonly Location[]> {
    try {
      const types = ["OpenstackDomain", "OpenstackProject"] as const;
      return (await this.#infrastructures.objects(infrastructureId, { types, detailed: true, signal })).locations;
    } catch {
      signal?.throwIfAborted();
      return [];
    }
  }
}

function hasNetworks({ networkAdapters }: VirtualMachine): boolean {
  return networkAdapters.length > 0;
}

/** A machine is on networks that its project has: where only one has all of them, that is it. */
function onlyWithNetworksOf(vm: VirtualMachine, projects: readonly Project[]): string | undefined {
  if (!hasNetworks(vm)) return undefined;
  const having = projects.filter(({ resources }) => {
    const networks = new Set(resources?.networks.map(({ id }) => canonicalId(id)));
    return vm.networkAdapters.every(({ id }) => networks.has(canonicalId(id)));
  });
  const [only, ...others] = having;
  return others.length === 0 ? only?.id : undefined;
}
