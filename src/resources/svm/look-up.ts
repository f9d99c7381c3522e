/** Finding an SVM: by its id, by the task that deploys it, or by its name where it runs. */
import { connectionState, isNotFound, pollUntil, type VirtualMachine } from "../../integration-server";
import type { Context } from "../../terraform";
import type { Client } from "../shared/client";
import { warnOfNamesakes } from "./namesakes";
import { type Placed, type Whereabouts, whereabouts } from "./placement";
import type { SvmState } from "./schema";

type Looking = Pick<Context<Client>, "client" | "signal">;

/** By its name, in a list that begins now. */
export function findByName(where: Whereabouts, { client, signal }: Looking): Promise<VirtualMachine | undefined> {
  return client.server.svms.find(where, { fresh: true, signal });
}

/** By its id or, where that is not known, by its name; undefined also where there is no such infrastructure any more. */
export async function look(
  state: SvmState,
  { client, signal }: Looking,
  { fresh = false }: { readonly fresh?: boolean } = {},
): Promise<VirtualMachine | undefined> {
  const { infrastructureId, id } = state;
  try {
    if (id === null) return await findByName(whereabouts(state), { client, signal });
    return await client.server.svms.get({ infrastructureId, svmId: id }, { fresh, signal });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** After a change that has succeeded, which must not fail any more: what a look cannot tell now, the next refresh does. */
export async function readBack(
  placed: Placed,
  svmId: string,
  context: Context<Client>,
): Promise<VirtualMachine | undefined> {
  const { name, infrastructureId } = placed;
  const { client, signal, log } = context;
  try {
    const vm = await client.server.svms.get({ infrastructureId, svmId }, { fresh: true, signal });
    if (vm !== undefined) await warnOfNamesakes(placed, vm, context);
    return vm;
  } catch (error) {
    log.warn("The SVM was changed, but could not be looked at", { svm: name, error: String(error) });
    return undefined;
  }
}

export type Connection = "connected" | "disconnected" | "missing";

/** Whether an infrastructure's list of SVMs can be trusted to be complete. */
export async function connectionOf(infrastructureId: string, { client, signal }: Looking): Promise<Connection> {
  try {
    const infrastructure = await client.server.infrastructures.get(infrastructureId, { signal });
    return connectionState(infrastructure) === "connected" ? "connected" : "disconnected";
  } catch (error) {
    if (isNotFound(error)) return "missing";
    throw error;
  }
}

/** Twelve pauses of five seconds are a minute. */
const PATIENCE = 12;

/** Looks until there is something to see, or until it has been long enough. */
export async function lookFor<T>(
  look: () => Promise<T | undefined>,
  { client, signal }: Looking,
): Promise<T | undefined> {
  const { clock, interval } = client.server.pace;
  const end = clock.now() + PATIENCE * interval;
  return pollUntil({
    look,
    done: (seen) => seen !== undefined || clock.now() >= end,
    pace: client.server.pace,
    signal,
  });
}

/**
 * The SVM of a state under another connection to its infrastructure: by its id or, where the new connection counts
 * differently, by its name in the planned place. An SVM that the old connection still shows is not the one of that name.
 */
export async function findRehomed(
  state: SvmState,
  infrastructureId: string,
  locationId: string | undefined,
  { client, signal }: Looking,
): Promise<VirtualMachine | undefined> {
  const { id, name } = state;
  const byId = id === null ? undefined : await client.server.svms.get({ infrastructureId, svmId: id }, { signal });
  if (byId !== undefined || locationId === undefined) return byId;
  const byName = await findByName({ infrastructureId, locationId, name }, { client, signal });
  if (byName === undefined) return undefined;
  const isAnother = id !== null && (await look(state, { client, signal })) !== undefined;
  return isAnother ? undefined : byName;
}
