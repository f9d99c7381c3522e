/** A connection that an earlier run has added, and did not live to tell Terraform. */
import { connectionState, type Infrastructure } from "../../integration-server";
import type { Started } from "../../journal";
import { type CreateRequest, DiagnosticError } from "../../terraform";
import type { Client } from "../shared/client";
import { attempt } from "../shared/errors";
import { adopted, heldAlready, howToForget, madeOtherwise, timeOf, tooOld } from "../shared/journal";
import { disconnect } from "./delete";
import { findStaying, isAsAdded, nameOf } from "./identity";
import { fingerprint, makingOf } from "./journal";
import type { InfrastructureAttributes, InfrastructureState } from "./schema";
import type { PlannedSettings } from "./state";

type Request = CreateRequest<InfrastructureAttributes, Client>;

/**
 * Takes the connection over where it is there, is ours, and connects. One that does not connect is removed, since nothing
 * about it can be changed: it is added again then.
 *
 * @returns undefined where there is none, or none any more
 * @throws DiagnosticError where it may be there, but must not or cannot be taken over
 */
export async function adoptEarlier(
  settings: PlannedSettings,
  request: Request,
  stateOf: (seen: Infrastructure) => InfrastructureState,
): Promise<InfrastructureState | undefined> {
  const { client, save, signal, warn, log } = request;
  const started = client.journal.takeEarlier(makingOf(settings));
  if (started === undefined) return undefined;
  const { id } = started.entry;
  if (id === undefined) throw unanswered(started);
  const present = await findStaying(id, request);
  if (present !== undefined && !isAsAdded(settings, present)) throw unanswered(started);
  if (present === undefined) {
    log.info("What an earlier run has added is gone", { infrastructure: id });
    started.end();
    return undefined;
  }
  const holder = client.journal.holderOf("infrastructure", id);
  if (holder !== undefined) throw heldAlready(started.entry.name, id, holder, client.journal.heldFile);
  if (started.standing === "old") throw tooOld(started, id);
  if (started.differenceTo(fingerprint(settings)) !== "none") {
    save(stateOf(present));
    started.adopt(id);
    throw madeOtherwise(started, id, "it");
  }
  const settled = await attempt(`look at the ${started.entry.name}`, () =>
    client.server.infrastructures.waitForConnection(id, { signal }),
  );
  if (connectionState(settled) === "connected") {
    started.adopt(id);
    warn(adopted(started, id, "It is connected."));
    return stateOf(settled);
  }
  log.info("What an earlier run has added does not connect: it is removed, and added again", { infrastructure: id });
  await disconnect(id, nameOf(settings), request);
  return undefined;
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
