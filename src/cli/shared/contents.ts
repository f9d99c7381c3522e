/** What there is in an infrastructure that is connected: places, and the SVMs on them. */
import {
  failureOf,
  type InfrastructureObjects,
  type IntegrationServer,
  type Location,
  type ObjectType,
  type Places,
  type Sight,
  type VirtualMachine,
} from "../../integration-server";
import { isSameId } from "../../integration-server/ids";
import { attemptById } from "./by-id";
import type { Scope } from "./infrastructures";
import type { Seen, SeenPlace } from "./seen";

/** How long something is waited for, in milliseconds. */
export interface Patience {
  /** A connection that is being made. @default one minute */
  readonly connection: number;
  /** A list; as long again for a shorter one, where a long one does not come. @default five minutes */
  readonly list: number;
}

/** What is to be looked at, and what is known of it. */
export type SurveyScope = Pick<Scope, "infrastructures" | "projectOf">;

export interface Looking {
  readonly server: IntegrationServer;
  readonly scope: SurveyScope;
  readonly patience: Patience;
}

/** A search may look several times. */
const SEARCH = 3;

const TYPES = {
  hypervisors: ["Host"],
  projects: ["OpenstackDomain", "OpenstackProject"],
} as const satisfies Record<string, readonly ObjectType[]>;

export async function contents({ id, isOpenstack }: Pick<Seen, "id" | "isOpenstack">, look: Looking) {
  const { server } = look;
  const patience = look.patience.list;
  const types = isOpenstack ? TYPES.projects : TYPES.hypervisors;
  const objects = await attemptById(`list the objects of the infrastructure "${id}"`, () =>
    server.inventories.of(id).search((places) => everything(places, types, patience), {
      signal: AbortSignal.timeout(SEARCH * patience),
    }),
  );
  const { locations, unidentified } = objects;
  // What a server lists beside what it was asked for protects nothing.
  const vms = objects.vms.filter(({ isSvm }) => isSvm);
  const isDomain = ({ parentId }: Location): boolean => isOpenstack && isSameId(parentId, id);
  const domains = new Map(locations.filter(isDomain).map((domain) => [domain.id, domain.name]));
  const standing = locations.filter((location) => !isDomain(location));
  const placeOf = isOpenstack
    ? await projectsOf(id, vms, standing, look)
    : new Map(vms.map((vm) => [vm.id, vm.parentId]));
  const svms = new Map<string | undefined, VirtualMachine[]>(standing.map((location) => [location.id, []]));
  const strays: VirtualMachine[] = [];
  for (const vm of vms) (svms.get(placeOf.get(vm.id)) ?? strays).push(vm);
  const places = standing.map(
    ({ id, name, parentId, state, resources }): SeenPlace => ({
      id,
      name,
      domain: parentId === undefined ? undefined : domains.get(parentId),
      state,
      svms: svms.get(id) ?? [],
      hasHiddenSvm: unidentified.some(({ kind, parent }) => kind === "virtual machine" && parent === id),
      storages: isOpenstack ? undefined : resources?.storages,
      flavors: isOpenstack ? resources?.flavors : undefined,
    }),
  );
  return { places, strays, hiddenPlaces: unidentified.filter(({ kind }) => kind === "location").length };
}

/** Lists of a connection that was made just now may lack anything, and one that shows no place at all may be such a one. */
async function everything(
  places: Places,
  types: readonly ObjectType[],
  patience: number,
): Promise<Sight<InfrastructureObjects>> {
  const objects = await detailed(places, types, patience);
  if (!places.isSettled) {
    await places.connection(AbortSignal.timeout(patience));
    return { problem: new Error("It was connected just now, and may not show everything yet.") };
  }
  if (objects.locations.length > 0 || objects.unidentified.length > 0) return { found: objects };
  const locations = await places.all(types, AbortSignal.timeout(patience));
  if (locations.length > 0) return { found: { ...objects, locations } };
  return { problem: new Error("It is connected, but the server lists no hypervisor and no project there.") };
}

/** Full information where that is not too much, or too slow; brief information tells where SVMs are as well. */
async function detailed(
  places: Places,
  types: readonly ObjectType[],
  patience: number,
): Promise<InfrastructureObjects> {
  try {
    return await places.objects({ types: [...types, "SVM"], detailed: true }, AbortSignal.timeout(patience));
  } catch (error) {
    if (!isTimeout(error) && failureOf(error).kind !== "shape") throw error;
    const signal = AbortSignal.timeout(patience);
    const { locations, unidentified } = await places.objects({ types, detailed: false }, signal);
    const svms = await places.objects({ types: ["SVM"], detailed: true }, signal);
    return { locations, vms: svms.vms, unidentified: [...unidentified, ...svms.unidentified] };
  }
}

export function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === "TimeoutError";
}

/**
 * The project of each SVM, by its id. A server that names hypervisors as places of SVMs, and finds none in their projects,
 * leaves only the state to know.
 */
async function projectsOf(
  id: string,
  vms: readonly VirtualMachine[],
  projects: readonly Location[],
  { server, scope }: Looking,
): Promise<ReadonlyMap<string, string>> {
  const told = await server.judge.places.projects.of(id, vms, projects);
  const known = vms.flatMap((vm): readonly (readonly [string, string])[] => {
    const project = told.get(vm.id) ?? listedAs(scope.projectOf(id, vm.id), projects);
    return project === undefined ? [] : [[vm.id, project]];
  });
  return new Map(known);
}

/** The id as the server writes it. */
function listedAs(projectId: string | undefined, projects: readonly Location[]): string | undefined {
  return projects.find(({ id }) => isSameId(id, projectId))?.id;
}
