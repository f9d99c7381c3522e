/** A reserve server that an earlier run has registered, and did not live to tell Terraform. */
import { type ReserveServer, reserveConnectionState } from "../../integration-server";
import { isSameId } from "../../integration-server/ids";
import type { Started } from "../../journal";
import type { CreateRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { adopted, heldAlready, keptAlthoughTainted, removedFirst, tooOld } from "../shared/journal";
import { sameServer } from "../shared/schema/reserve-server-address";
import { connected } from "./connection";
import { fingerprint, makingOf } from "./journal";
import { change, deregister, findListed } from "./registration";
import type { ReserveServerAttributes } from "./schema";
import { settingsOf } from "./state";

type Request = CreateRequest<ReserveServerAttributes, Client>;

/**
 * Takes the reserve server over where it is registered, is ours, and connects. One that does not connect is de-registered:
 * it is registered again then.
 *
 * @returns undefined where there is none, or none any more
 * @throws DiagnosticError where it must not be taken over
 */
export async function adoptEarlier(request: Request): Promise<ReserveServer | undefined> {
  const { client, config, plan, signal, warn, log } = request;
  const { server, journal } = client;
  const started = journal.takeEarlier(makingOf(plan));
  if (started === undefined) return undefined;
  const present = await findListed((each) => isOurs(each, started, plan.address), request);
  if (present === undefined) {
    started.end();
    return undefined;
  }
  const { id } = present;
  if (started.remains !== undefined) return clearRemains(started, present, request);
  const holder = journal.holderOf("reserve-server", id);
  if (holder !== undefined) throw heldAlready(started.entry.name, id, holder, journal.heldFile);
  if (started.standing === "old") throw tooOld(started, id);
  const isAsMeant = started.differenceTo(fingerprint(plan)) === "none" && sameServer(present.address, plan.address);
  if (!isAsMeant) await change(present, settingsOf(plan, config), server, signal);
  const settled = await connected(id, server, signal, () => undefined);
  if (reserveConnectionState(settled) === "connected") {
    started.adopt(id);
    warn(adopted(started, id, isAsMeant ? "It is connected." : "It was sent all settings, and is connected."));
    return settled;
  }
  log.info("What an earlier run has registered does not connect: it is registered again", { id });
  await deregister(present, request);
  started.end();
  return undefined;
}

/**
 * Makes room for the successor of one that the state has as tainted: only one can be registered.
 *
 * @throws DiagnosticError where that is connected
 */
async function clearRemains(started: Started, present: ReserveServer, request: Request): Promise<undefined> {
  const { client, signal, warn } = request;
  const { id, address } = present;
  const settled = await connected(id, client.server, signal, () => undefined);
  if (reserveConnectionState(settled) === "connected") {
    const there = `It is registered and connected (id "${id}"), and only one reserve server can be.`;
    throw keptAlthoughTainted(started, `register the reserve server ${address}`, there);
  }
  await deregister(present, request);
  client.journal.cleared("reserve-server", id);
  warn(removedFirst(started.entry.name, started, id));
}

/** Where nobody has answered, what is registered now and was not before the request is ours, for some time. */
function isOurs({ id, address }: ReserveServer, { entry, standing }: Started, wanted: string): boolean {
  return entry.id === undefined ? standing === "unanswered" && sameServer(address, wanted) : isSameId(entry.id, id);
}
