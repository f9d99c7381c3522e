/** A look-up in an infrastructure, which has to be connected. */
import type {
  Infrastructure,
  InfrastructureObjects,
  IntegrationServer,
  Location,
  ObjectsQuery,
  ObjectType,
  Places,
  Sight,
} from "../../integration-server";
import { type Context, DiagnosticError } from "../../terraform";
import type { Client } from "./client";
import { connectionProblems, platformOf } from "./connection-problems";
import { attempt, combined, withRemark } from "./errors";

export interface LookUp {
  readonly infrastructureId: string;
  readonly refresh: boolean | null;
}

/** A connected infrastructure, and what was read of it for everyone. */
export class View {
  constructor(
    readonly infrastructure: Infrastructure,
    readonly places: Places,
    /** The infrastructure, for messages. */
    readonly name: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Brief information about all locations of the given types. */
  all(types: readonly ObjectType[]): Promise<readonly Location[]> {
    return attempt(`list the objects of ${this.name}`, () => this.places.all(types, this.signal));
  }

  /** Whatever there is. */
  objects(query: ObjectsQuery): Promise<InfrastructureObjects> {
    return attempt(`list the objects of ${this.name}`, () => this.places.objects(query, this.signal));
  }

  /** Full information about one of them; undefined when there is none of this id. */
  one(types: readonly ObjectType[], id: string): Promise<Location | undefined> {
    return attempt(`read the object "${id}" of ${this.name}`, () => this.places.one(types, id, this.signal));
  }
}

/**
 * What `look` finds. Updates what the Integration Server knows first, where that is asked for, and waits while a connection
 * is being made. The request's signal bounds the wait.
 */
export async function lookUp<T>(
  { infrastructureId, refresh }: LookUp,
  { client: { server }, signal }: Context<Client>,
  look: (view: View) => Promise<Sight<T>>,
): Promise<T> {
  const inventory = server.inventories.of(infrastructureId);
  const search = { refresh: refresh ?? false, signal };
  const see = async (places: Places) => look(await connected(infrastructureId, places, server, signal));
  // Whatever else fails says what it was.
  return attempt(`refresh ${server.names.infrastructure(infrastructureId)}`, () => inventory.search(see, search));
}

async function connected(id: string, places: Places, { names }: IntegrationServer, signal: AbortSignal): Promise<View> {
  const infrastructure = await attempt(`read ${names.infrastructure(id)}`, () => places.connection(signal));
  const { address, accounts } = infrastructure;
  const problems = connectionProblems(infrastructure, {
    address,
    admin: accounts.admin?.name ?? null,
    readOnly: accounts.readOnly?.name ?? null,
  });
  if (problems.length === 0) return new View(infrastructure, places, names.infrastructure(id), signal);
  // The attributes at fault are the infrastructure's, not the look-up's.
  const errors = problems.map(({ summary, detail }) => new DiagnosticError(summary, detail, ["infrastructureId"]));
  throw combined(errors.map((error) => withRemark(error, MEANWHILE)));
}

const MEANWHILE =
  "Nothing can be looked up there until it is connected again. To go on with something else meanwhile, name that with -target.";

/** Refuses a look-up that the kind of infrastructure cannot answer, and names the one that can. */
export function requireKind(
  { type, id, address }: Infrastructure,
  isRightKind: boolean,
  lacks: string,
  instead: string,
): void {
  if (isRightKind) return;
  throw new DiagnosticError(
    `${address} ("${id}") has no ${lacks}`,
    `Its type is ${type} (${platformOf(type)}). Use ${instead} instead.`,
    ["infrastructureId"],
  );
}
