/** Removing what has an id of its own, and a look that shows at once what has become of it: connections and reserve servers. */
import { pollUntil } from "../../integration-server";
import { isSameId } from "../../integration-server/ids";
import type { Kind, Removing } from "../../journal";
import type { Context } from "../../terraform";
import type { Client } from "./client";
import { durationOf } from "./duration";
import { isGoneAfter } from "./effect";
import { awaitedFor, beginRemoval, endUnlessUncertain, mayStillGo } from "./journal";

/** How to remove it, and what there is to tell of that. */
export interface Removal extends Removing {
  remove(): Promise<void>;
  /** Undefined when it is not there. */
  find(): Promise<unknown>;
  /** What there is to tell of a removal that has failed. */
  explain(error: unknown): unknown;
}

/**
 * Removes it. That is in the journal from before the request leaves until it is known to be gone.
 *
 * @throws what is told of the failure, unless it is gone all the same
 */
export async function removeById(
  { kind, id, name, remove, find, explain }: Removal,
  { client: { server, journal }, signal, timeout }: Pick<Context<Client>, "client" | "signal" | "timeout">,
): Promise<void> {
  const sent = beginRemoval(journal, { kind, id, name }, timeout);
  try {
    await remove();
  } catch (error) {
    const failure = explain(error);
    if (!(await isGoneAfter(error, failure, find, { server, signal }))) {
      endUnlessUncertain(sent, error);
      throw failure;
    }
  }
  journal.gone(kind, id);
}

/** What a look at something is for. */
export interface Purpose {
  /** Whether it is for a plan, so that nobody waits for long, and what may be about to go is still there, with a warning. */
  readonly forPlan: boolean;
}

/**
 * What is still there of what a look has found. While a removal that was sent may yet take effect, it is looked at until it is
 * gone, or nothing is expected of that removal any more.
 */
export async function unlessLeaving<T extends { readonly id: string }>(
  kind: Kind,
  present: T | undefined,
  look: () => Promise<T | undefined>,
  { client: { server, journal }, log, signal, warn }: Pick<Context<Client>, "client" | "log" | "signal" | "warn">,
  { forPlan }: Purpose = { forPlan: false },
): Promise<T | undefined> {
  const sent = present && journal.removalOf(kind, present.id);
  if (present === undefined || sent === undefined || sent === "ended") return present;
  const { pace } = server;
  const limit = awaitedFor(sent, forPlan);
  const mayGoLater = limit < sent.showsIn;
  const waiting = `Its removal was asked for earlier: waiting until it is gone, for ${durationOf(limit)} at most`;
  log.info(waiting, { kind, id: present.id, file: sent.file });
  const end = pace.clock.now() + limit;
  const done = (seen: T | undefined) => !isSameId(seen?.id, present.id) || pace.clock.now() >= end;
  const found = await pollUntil({ look, done, pace, signal });
  if (!isSameId(found?.id, present.id)) return found;
  if (mayGoLater) {
    warn({ summary: `The ${sent.removal.name} may be about to go`, detail: mayStillGo(sent) });
  } else {
    sent.end();
  }
  return found;
}
