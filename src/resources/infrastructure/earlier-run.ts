/** A connection that an earlier run has added, and did not live to tell Terraform. */
import { connectionState, type Infrastructure } from "../../integration-server";
import type { Started } from "../../journal";
import { type CreateRequest, DiagnosticError } from "../../terraform";
import type { Client } from "../shared/client";
import { attempt } from "../shared/errors";
import {
  adopted,
  heldAlready,
  howToForget,
  keptAlthoughTainted,
  madeOtherwise,
  removedFirst,
  timeOf,
  tooOld,
} from "../shared/journal";
import { keepAsAdded } from "./as-added";
import { disconnect } from "./delete";
import { findStaying, isAsAdded, nameOf } from "./identity";
import { fingerprint, makingOf } from "./journal";
import type { InfrastructureAttributes, InfrastructureState } from "./schema";
import type { PlannedSettings } from "./state";

type Request = CreateRequest<InfrastructureAttributes, Client>;

export type Earlier =
  | { readonly is: "adopted"; readonly state: InfrastructureState }
  /** It is to be added; beside one that the state has as tainted, if there is such a one. */
  | { readonly is: "none"; readonly remains: Started | undefined };

const NONE: Earlier = { is: "none", remains: undefined };

/**
 * Takes the connection over where it is there, is ours, and connects. One that does not connect is removed, since nothing
 * about it can be changed: it is added again then. One that the state has as tainted, so that Terraform removes it later, is
 * not taken over.
 *
 * @throws DiagnosticError where it may be there, but must not or cannot be taken over
 */
export async function adoptEarlier(
  settings: PlannedSettings,
  request: Request,
  stateOf: (seen: Infrastructure) => InfrastructureState,
): Promise<Earlier> {
  const { client, save, signal, warn, log } = request;
  const started = client.journal.takeEarlier(makingOf(settings));
  if (started === undefined) return NONE;
  const { id } = started.entry;
  if (id === undefined) throw unanswered(started);
  const present = await findStaying(id, request);
  if (present !== undefined && !isAsAdded(settings, present)) throw unanswered(started);
  if (present === undefined) {
    log.info("What an earlier run has added is gone", { infrastructure: id });
    started.end();
    return NONE;
  }
  if (started.remains !== undefined) return besides(started, present, settings, request);
  const holder = client.journal.holderOf("infrastructure", id);
  if (holder !== undefined) throw heldAlready(started.entry.name, id, holder, client.journal.heldFile);
  if (started.standing === "old") throw tooOld(started, id);
  if (started.differenceTo(fingerprint(settings)) !== "none") {
    save(stateOf(present));
    started.adopt(id);
    started.leave("unfinished");
    throw madeOtherwise(started, id, "it");
  }
  const settled = await attempt(`look at the ${started.entry.name}`, () =>
    client.server.infrastructures.waitForConnection(id, { isOurs: true, signal }),
  );
  if (connectionState(settled) === "connected") {
    started.adopt(id);
    keepAsAdded(settled, request);
    warn(adopted(started, id, "It is connected."));
    return { is: "adopted", state: stateOf(settled) };
  }
  log.info("What an earlier run has added does not connect: it is removed, and added again", { infrastructure: id });
  await disconnect(id, nameOf(settings), request);
  return NONE;
}

/**
 * The successor of one that is tainted. What does not connect is removed right away: a server may refuse a second connection to one
 * address, and nothing was ever deployed through it. What connects is Terraform's to remove.
 */
async function besides(
  started: Started,
  { id }: Infrastructure,
  settings: PlannedSettings,
  request: Request,
): Promise<Earlier> {
  const { client, signal, warn } = request;
  const { name } = started.entry;
  const settled = await attempt(`look at the ${name}`, () =>
    client.server.infrastructures.waitForConnection(id, { isOurs: true, signal }),
  );
  if (connectionState(settled) === "connected") return { is: "none", remains: started };
  await disconnect(id, nameOf(settings), request);
  client.journal.cleared("infrastructure", id);
  warn(removedFirst(name, started, id));
  return NONE;
}

/** The server does not take a second one beside that which is tainted: whose entry stays, so that the next run knows, too. */
export function refusedBesides(remains: Started): DiagnosticError {
  remains.leave("unfinished");
  const { name, id } = remains.entry;
  const there = `The ${name} is there and connected (id "${id}"), and the Integration Server takes no second one to that address.`;
  return keptAlthoughTainted(remains, `make the ${name} anew`, there);
}

/** The API documents no list of infrastructures, so nobody but the user can look. */
function unanswered(started: Started): DiagnosticError {
  const { name, begun } = started.entry;
  return new DiagnosticError(
    `Unable to tell whether there is the ${name}`,
    `A run asked for it at ${timeOf(begun)}, as the journal shows (${started.file}), and got no answer that names it; the API has no list of connections. ${howToGoOn(started)}`,
  );
}

/** What the user does after a request whose answer nobody knows. */
export function howToGoOn(started: Started): string {
  return `Nothing is sent a second time. Look in the Integration Server Console whether it is listed. If it is, remove it there, or import it by its id with "terraform import" and this resource's address. Whether it is or not, run ${howToForget(started)} then, and apply again.`;
}
