/** Reserve servers, registered and changed exactly once whatever becomes of the answers. */
import {
  failureOf,
  type IntegrationServer,
  isNotFound,
  type ReserveServer,
  type ReserveServerSettings,
} from "../../integration-server";
import { formatAddress } from "../../integration-server/address";
import { type CreateRequest, DiagnosticError } from "../../terraform";
import type { Client } from "../shared/client";
import { explained } from "../shared/errors";
import { begin, endUnlessUncertain } from "../shared/journal";
import { importingBy } from "../shared/pasting";
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
    throw explained(`read the reserve server ${id}`, error, adviceOnRole(error, server));
  }
}

/**
 * Registers a reserve server, unless one is registered already: version 6.4 takes only one
 * (Cluster management, "Getting a list of reserve Integration Servers").
 */
export async function register({
  client: { server, journal },
  config,
  plan,
  signal,
  timeout,
}: CreateRequest<ReserveServerAttributes, Client>): Promise<ReserveServer> {
  const settings = settingsOf(plan, config);
  const address = formatAddress(settings.address);
  const [present] = await listReserveServers(server, signal);
  if (present !== undefined) throw alreadyRegistered(address, present, server);
  const name = `reserve server ${address}`;
  const started = begin(journal, { ...makingOf(plan), name, fingerprint: fingerprint(plan), timeout });
  try {
    const registered = await server.reserveServers.create(settings, { signal });
    started.note({ id: registered.id });
    return registered;
  } catch (error) {
    endUnlessUncertain(started, error);
    const action = `register the reserve server ${address}`;
    const { kind, effect } = failureOf(error);
    if (effect === "unknown") {
      const whatNow = `It may be registered all the same. The next apply looks before it sends anything.`;
      const [added] = await afterFailure(
        explained(action, error, whatNow),
        () => listReserveServers(server, signal),
        signal,
      );
      if (added === undefined) {
        throw explained(action, error, "It is not registered, and nothing was sent a second time. Apply again.");
      }
      if (sameServer(added.address, address)) {
        started.note({ id: added.id });
        return added;
      }
      started.end();
      throw alreadyRegistered(address, added, server);
    }
    if (kind === "conflict") {
      const [other] = await afterFailure(explained(action, error), () => listReserveServers(server, signal), signal);
      if (other !== undefined) throw alreadyRegistered(address, other, server);
    }
    throw explained(action, error, adviceOnRole(error, server));
  }
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
    const whatNow = "Apply again: the same settings a second time do no harm.";
    const failure = explained(`change the reserve server ${address}`, error, uncertainOr(error, whatNow, server));
    const { kind, effect } = failureOf(error);
    if (effect === "unknown") {
      const seen = await afterFailure(failure, () => findReserveServer(id, server, signal), signal);
      const tookEffect = kind === "shape" || !sameServer(before, address);
      if (seen !== undefined && tookEffect && sameServer(seen.address, address)) return seen;
    }
    throw failure;
  }
}

/** De-registers a reserve server; one that is already gone is a success. */
export async function deregister(
  { id, address }: Pick<ReserveServer, "id" | "address">,
  server: IntegrationServer,
  signal: AbortSignal,
): Promise<void> {
  try {
    await server.reserveServers.delete(id, { signal });
  } catch (error) {
    const failure = explained(`de-register the reserve server ${address}`, error, adviceOnRole(error, server));
    const { kind, effect } = failureOf(error);
    if (kind === "missing" || effect === "unknown") {
      const seen = await afterFailure(failure, () => findReserveServer(id, server, signal), signal);
      if (seen === undefined) return;
    }
    throw failure;
  }
}

/** Looks what became of a request; when that fails, too, both failures are told. */
async function afterFailure<T>(failure: unknown, look: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await look();
  } catch (error) {
    // Why the operation was told to end is added to whatever it ends with.
    throw signal.aborted ? failure : new AggregateError([failure, error]);
  }
}

function alreadyRegistered(address: string, { id, address: present }: ReserveServer, server: IntegrationServer) {
  const which = sameServer(address, present) ? "It" : present;
  const then = sameServer(address, present) ? "" : ` The next plan then changes its address to ${address} in place.`;
  return new DiagnosticError(
    `Unable to register the reserve server ${address}`,
    `${which} is registered with ${formatAddress(server.address)} already, with the id ${id}, and only one reserve server can be. Nothing was registered. To manage that one with this resource, import it: ${importingBy(id)}.${then} To get rid of it, de-register it where it is managed, or import it and destroy it.`,
    ["address"],
  );
}

function uncertainOr(error: unknown, whatNow: string, server: IntegrationServer): string | undefined {
  return failureOf(error).effect === "unknown" ? whatNow : adviceOnRole(error, server);
}
