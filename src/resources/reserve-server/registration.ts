/** Reserve servers, registered and changed exactly once whatever becomes of the answers. */
import {
  failureOf,
  type IntegrationServer,
  isNotFound,
  type ReserveServer,
  type ReserveServerSettings,
} from "../../integration-server";
import { formatAddress } from "../../integration-server/address";
import type { Started } from "../../journal";
import { type Context, type CreateRequest, DiagnosticError } from "../../terraform";
import type { Client } from "../shared/client";
import { afterFailure, untilSeen, type Watching } from "../shared/effect";
import { explained } from "../shared/errors";
import { begin, endUnlessUncertain } from "../shared/journal";
import { importingBy } from "../shared/pasting";
import { type Purpose, type Removal, removeById, unlessLeaving } from "../shared/removal";
import { adviceOnRole, listReserveServers } from "../shared/reserve-servers";
import { sameServer } from "../shared/schema/reserve-server-address";
import { fingerprint, makingOf } from "./journal";
import type { ReserveServerAttributes } from "./schema";
import { settingsOf } from "./state";

/** The reserve server, or undefined when the Integration Server says that it does not exist. */
export async function findReserveServer(
  id: string,
  server: IntegrationServer,
  signal: AbortSignal,
): Promise<ReserveServer | undefined> {
  try {
    return await server.reserveServers.get(id, { signal });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw explained(`read the reserve server "${id}"`, error, adviceOnRole(error, server));
  }
}

/** The reserve server, unless it is gone, or is on its way because its removal was sent. */
export async function findStaying(id: string, context: Looking, purpose?: Purpose): Promise<ReserveServer | undefined> {
  const look = () => findReserveServer(id, context.client.server, context.signal);
  return unlessLeaving("reserve-server", await look(), look, context, purpose);
}

/** The same of what is registered and wanted. */
export async function findListed(
  isWanted: (listed: ReserveServer) => boolean,
  context: Looking,
): Promise<ReserveServer | undefined> {
  const look = async () => (await listReserveServers(context.client.server, context.signal)).find(isWanted);
  return unlessLeaving("reserve-server", await look(), look, context);
}

type Looking = Pick<Context<Client>, "client" | "log" | "signal" | "warn">;

export interface Registered {
  readonly registered: ReserveServer;
  readonly started: Started;
}

/**
 * Registers a reserve server, unless one is registered already: version 6.4 takes only one
 * (Cluster management, "Getting a list of reserve Integration Servers").
 */
export async function register(request: CreateRequest<ReserveServerAttributes, Client>): Promise<Registered> {
  const { client, config, plan, signal, timeout } = request;
  const { server, journal } = client;
  const settings = settingsOf(plan, config);
  const address = formatAddress(settings.address);
  const present = await findListed(() => true, request);
  if (present !== undefined) throw alreadyRegistered(address, present, server);
  const name = `reserve server ${address}`;
  const started = begin(journal, { ...makingOf(plan), name, fingerprint: fingerprint(plan), timeout });
  const watching = { server, signal };
  const action = `register the reserve server ${address}`;
  let registered: ReserveServer;
  try {
    registered = await server.reserveServers.create(settings, { signal });
  } catch (error) {
    endUnlessUncertain(started, error);
    const { kind, effect } = failureOf(error);
    if (effect === "unknown") {
      const failure = (whatNow: string) => explained(action, error, whatNow);
      return { registered: await registeredAfterAll(address, started, watching, failure), started };
    }
    if (kind === "conflict") {
      const [other] = await afterFailure(explained(action, error), () => listReserveServers(server, signal), signal);
      if (other !== undefined) throw alreadyRegistered(address, other, server);
    }
    throw explained(action, error, adviceOnRole(error, server));
  }
  started.note({ id: registered.id });
  if (await isNamedRightly(registered, address, watching)) return { registered, started };
  const failure = (whatNow: string) => confused(action, registered, whatNow);
  return { registered: await registeredAfterAll(address, started, watching, failure), started };
}

/** Whether the answered id is that of what was registered. Only what is seen under it denies that. */
async function isNamedRightly({ id }: ReserveServer, address: string, { server, signal }: Watching): Promise<boolean> {
  try {
    return sameServer((await server.reserveServers.get(id, { signal })).address, address);
  } catch (error) {
    return !isNotFound(error);
  }
}

/** What is registered although no answer says so. */
async function registeredAfterAll(
  address: string,
  started: Started,
  watching: Watching,
  failure: (whatNow: string) => unknown,
): Promise<ReserveServer> {
  const { server, signal } = watching;
  const uncertain = failure("It may be registered all the same. The next apply looks before it sends anything.");
  const look = async () => (await listReserveServers(server, signal))[0];
  const added = await untilSeen(uncertain, look, watching);
  if (added === undefined) throw failure("It is not registered, and nothing was sent a second time. Apply again.");
  if (sameServer(added.address, address)) {
    started.note({ id: added.id });
    return added;
  }
  started.end();
  throw alreadyRegistered(address, added, server);
}

/** Sends new settings. When the answer is lost, what is registered tells whether a changed address took effect. */
export async function change(
  { id, address: before }: Pick<ReserveServer, "id" | "address">,
  settings: ReserveServerSettings,
  server: IntegrationServer,
  signal: AbortSignal,
): Promise<ReserveServer> {
  const address = formatAddress(settings.address);
  try {
    return await server.reserveServers.update(id, settings, { signal });
  } catch (error) {
    const { kind, effect } = failureOf(error);
    const whatNow = "Apply again: the same settings a second time do no harm.";
    const advice = effect === "unknown" ? whatNow : adviceOnRole(error, server);
    const failure = explained(`change the reserve server ${address}`, error, advice);
    // An answer in another shape tells of a success, and a new address shows: a new password does not.
    const shows = effect === "unknown" && (kind === "shape" || !sameServer(before, address));
    if (!shows) throw failure;
    const look = async () => {
      const seen = await findReserveServer(id, server, signal);
      return seen === undefined || sameServer(seen.address, address) ? { seen } : undefined;
    };
    const found = await untilSeen(failure, look, { server, signal });
    if (found?.seen === undefined) throw failure;
    return found.seen;
  }
}

/** De-registers a reserve server; one that is already gone is a success. */
export async function deregister(
  { id, address }: Pick<ReserveServer, "id" | "address">,
  context: Pick<Context<Client>, "client" | "signal" | "timeout">,
): Promise<void> {
  const { client, signal } = context;
  const { server } = client;
  const removal: Removal = {
    kind: "reserve-server",
    id,
    name: `reserve server ${address}`,
    remove: () => server.reserveServers.delete(id, { signal }),
    find: () => findReserveServer(id, server, signal),
    explain: (error) => explained(`de-register the reserve server ${address}`, error, adviceOnRole(error, server)),
  };
  await removeById(removal, context);
}

function confused(action: string, { id }: ReserveServer, whatNow: string): DiagnosticError {
  return new DiagnosticError(
    `Unable to ${action}`,
    `The Integration Server answered with the id "${id}", under which it does not have it. ${whatNow}`,
  );
}

function alreadyRegistered(address: string, { id, address: present }: ReserveServer, server: IntegrationServer) {
  const which = sameServer(address, present) ? "It" : present;
  const then = sameServer(address, present) ? "" : ` The next plan then changes its address to ${address} in place.`;
  return new DiagnosticError(
    `Unable to register the reserve server ${address}`,
    `${which} is registered with ${formatAddress(server.address)} already, with the id "${id}", and only one reserve server can be. Nothing was registered. To manage that one with this resource, import it: ${importingBy(id)}.${then} To get rid of it, de-register it where it is managed, or import it and destroy it.`,
    ["address"],
  );
}
