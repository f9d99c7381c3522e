/** What is seen in infrastructures: where SVMs can be, and which there are. Documented questions only, few for each. */
import {
  connectionState,
  type Flavor,
  failureOf,
  type Infrastructure,
  type InfrastructureObjects,
  type IntegrationServer,
  type Location,
  type ObjectType,
  OPENSTACK_TYPES,
  type Places,
  type Sight,
  type Storage,
  type VirtualMachine,
} from "../../integration-server";
import { isSameId } from "../../integration-server/ids";
import { attemptById } from "./by-id";
import { oneLine } from "./report";

/** An infrastructure, as far as it can be seen. */
export interface Seen {
  readonly id: string;
  /** Undefined, as name and address, where not even the connection could be read. */
  readonly type: string | undefined;
  readonly name: string | undefined;
  readonly address: string | undefined;
  /** `CONNECTED`, `CONNECTING`, `DISCONNECTED`, or `UNKNOWN` where nobody could tell. */
  readonly status: "CONNECTED" | "CONNECTING" | "DISCONNECTED" | "UNKNOWN";
  readonly isOpenstack: boolean;
  /** Why nothing is known of what is in it. */
  readonly problem: string | undefined;
  /** Hypervisors, or OpenStack projects. */
  readonly places: readonly SeenPlace[];
  /** SVMs that are on none of these places, as far as the server tells. */
  readonly strays: readonly VirtualMachine[];
  /** How many places are listed without an id, so that nobody knows what is on them. */
  readonly hiddenPlaces: number;
}

/** A hypervisor or an OpenStack project. */
export interface SeenPlace {
  readonly id: string;
  readonly name: string;
  /** The OpenStack domain's name. */
  readonly domain: string | undefined;
  readonly state: string | undefined;
  readonly svms: readonly VirtualMachine[];
  /** True where an SVM is listed without an id: there is one, but nothing of it can be known. */
  readonly hasHiddenSvm: boolean;
  /** Of a hypervisor, where more than brief information could be had. */
  readonly storages: readonly Storage[] | undefined;
  /** The same of a project. */
  readonly flavors: readonly Flavor[] | undefined;
}

/** How many infrastructures are looked at together. */
const TOGETHER = 4;

/** How long something is waited for, in milliseconds. */
export interface Patience {
  /** A connection that is being made. @default one minute */
  readonly connection: number;
  /** A list; as long again for a shorter one, where a long one does not come. @default five minutes */
  readonly list: number;
}

/** A search may look several times. */
const SEARCH = 3;

const PATIENCE: Patience = { connection: 60_000, list: 300_000 };

const TYPES = {
  hypervisors: ["Host"],
  projects: ["OpenstackDomain", "OpenstackProject"],
} as const satisfies Record<string, readonly ObjectType[]>;

/** Looks at each of them; one that cannot be looked at hides none of the others. */
export async function survey(
  server: IntegrationServer,
  ids: readonly string[],
  patience: Patience = PATIENCE,
): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  const waiting = [...ids.entries()];
  const lookAtNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, id] = next;
      seen[index] = await lookAt(server, id, patience);
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, lookAtNext));
  return seen;
}

async function lookAt(server: IntegrationServer, id: string, patience: Patience): Promise<Seen> {
  const unknown = {
    id,
    type: undefined,
    name: undefined,
    address: undefined,
    status: "UNKNOWN",
    isOpenstack: false,
  } as const;
  const nothing = { places: [], strays: [], hiddenPlaces: 0 };
  let known: Omit<Seen, "problem" | keyof typeof nothing> = unknown;
  try {
    const infrastructure = await connection(server, id, patience.connection);
    const { type, address, name = infrastructure.displayName } = infrastructure;
    const status = statusOf(infrastructure);
    known = { id, type, name, address, status, isOpenstack: OPENSTACK_TYPES.some((each) => each === type) };
    if (status !== "CONNECTED") return { ...known, problem: whyDown(infrastructure), ...nothing };
    return { ...known, problem: undefined, ...(await contents(server, known, patience.list)) };
  } catch (error) {
    const problem = isTimeout(error) ? "The server did not answer in time." : oneLine(error);
    return { ...known, problem, ...nothing };
  }
}

/** A connection that is being made may be made in a moment. */
async function connection(server: IntegrationServer, id: string, patience: number): Promise<Infrastructure> {
  const { infrastructures } = server;
  const first = await attemptById(`read the infrastructure "${id}"`, () => infrastructures.get(id));
  const state = connectionState(first);
  if (state === "connected" || state === "failed") return first;
  const signal = AbortSignal.timeout(patience);
  return infrastructures.waitForConnection(id, { signal }).catch(() => first);
}

function statusOf(infrastructure: Infrastructure): Seen["status"] {
  switch (connectionState(infrastructure)) {
    case "connected":
      return "CONNECTED";
    case "connecting":
      return "CONNECTING";
    case "disconnected":
    case "failed":
      return "DISCONNECTED";
  }
}

function whyDown({ connection, microservices }: Infrastructure): string {
  const { admin, readOnly } = connection;
  const parts = [
    { who: "the admin account", ...admin },
    ...(readOnly ? [{ who: "the read-only account", ...readOnly }] : []),
    ...microservices.map((each) => ({ who: `${each.service} in ${each.region}`, errorMessage: undefined, ...each })),
  ];
  const down = parts.filter(({ status, error }) => status !== "CONNECTED" || error !== "NO_ERROR");
  const reasons = down.map(({ who, status, error, errorMessage }) => {
    const reason = error === "NO_ERROR" ? status : error;
    return `${who}: ${reason}${errorMessage === undefined ? "" : ` (${errorMessage})`}`;
  });
  return reasons.join("; ");
}

/** What there is in an infrastructure that is connected. */
async function contents(
  server: IntegrationServer,
  { id, isOpenstack }: Pick<Seen, "id" | "isOpenstack">,
  patience: number,
) {
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
  const placeOf = await whereabouts(server, id, vms, standing, isOpenstack);
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

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === "TimeoutError";
}

/** The place of each SVM, by its id. */
async function whereabouts(
  server: IntegrationServer,
  id: string,
  vms: readonly VirtualMachine[],
  locations: readonly Location[],
  isOpenstack: boolean,
): Promise<ReadonlyMap<string, string | undefined>> {
  if (isOpenstack) return server.judge.projectsOf(id, vms, locations);
  return new Map(vms.map((vm) => [vm.id, vm.parentId]));
}
