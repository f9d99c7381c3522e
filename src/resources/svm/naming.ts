/** What messages and the log call an SVM: by the names that people know, and by ids where nobody has told any. */
import { deadline, failureOf } from "../../integration-server";
import { isSameId } from "../../integration-server/ids";
import { type Context, isUnknown } from "../../terraform";
import type { Client } from "../shared/client";
import { locationOf, type Placed } from "./placement";

/** Milliseconds. */
const PATIENCE = 60_000;

type Naming = Pick<Context<Client>, "client">;

/** `esx-07 ("4711") of vcenter.example.com ("12")`; by ids as long as no answer has told more. */
export function placeOf(placed: Omit<Placed, "name">, { client }: Naming): string {
  return client.server.names.place(locationOf(placed), seenName(placed));
}

/** `SVM "svm-07" on esx-07 ("4711") of vcenter.example.com ("12")` */
export function svmName(placed: Placed, context: Naming): string {
  return `SVM "${placed.name}" on ${placeOf(placed, context)}`;
}

/** What a line of the log begins with: `svm-07 on esx-07` */
export function briefName(placed: Placed, context: Naming): string {
  return `${placed.name} on ${placeNameOf(placed, context) ?? locationOf(placed).locationId}`;
}

/** What the hypervisor or project is called; undefined as long as no answer has told. */
function placeNameOf(placed: Placed, { client }: Naming): string | undefined {
  const { infrastructureId, locationId } = locationOf(placed);
  return client.server.names.placeName(infrastructureId, locationId) ?? seenName(placed);
}

/** What its place and its infrastructure are called, as far as answers have told. */
export function namesIn(placed: Placed, context: Naming) {
  const infrastructureName = context.client.server.names.addressOf(locationOf(placed).infrastructureId);
  return { placeName: placeNameOf(placed, context), infrastructureName };
}

/** Asks for the names that no answer has told so far. Messages do without where nobody can tell. */
export async function learnNames(
  placed: Placed,
  { client: { server }, signal }: Pick<Context<Client>, "client" | "signal">,
): Promise<void> {
  const { infrastructureId, locationId } = locationOf(placed);
  const { names, judge, infrastructures, pace } = server;
  const name = seenName(placed) ?? names.placeName(infrastructureId, locationId);
  const address = names.addressOf(infrastructureId);
  if (name !== undefined && address !== undefined) return;
  const limit = deadline(pace.clock, PATIENCE, signal);
  await Promise.allSettled([
    name ?? judge.places.nameOf(infrastructureId, locationId, limit.signal),
    address ?? infrastructures.get(infrastructureId, limit),
  ]);
  limit.clear();
}

/** The same for an error's message: a server that has failed to answer is not asked for names. */
export async function learnNamesAfter(
  error: unknown,
  placed: Placed,
  context: Pick<Context<Client>, "client" | "signal">,
): Promise<void> {
  if (!failureOf(error).passes) await learnNames(placed, context);
}

function seenName(placed: Omit<Placed, "name">): string | undefined {
  const { runningOn } = placed;
  if (runningOn === undefined || runningOn === null || isUnknown(runningOn)) return undefined;
  const { id, name } = runningOn;
  if (isUnknown(id) || isUnknown(name) || name === null) return undefined;
  return isSameId(id, locationOf(placed).locationId) ? name : undefined;
}
