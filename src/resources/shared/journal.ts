/** What this workspace has begun, as life cycles write it down, and as its users read of it. */
import { failureOf } from "../../integration-server";
import { formatAddress } from "../../integration-server/address";
import type { Beginning, Holder, Journal, Kind, Removing, SentRemoval, Started } from "../../journal";
import { type Context, DiagnosticError } from "../../terraform";
import type { Client } from "./client";
import { TAKES_EFFECT } from "./effect";
import { hclString, importingBy } from "./pasting";

const HOUR = 60 * 60 * 1000;
/**
 * Milliseconds from its request for which whoever plans waits for such a removal: Terraform shows nothing meanwhile, and removals are
 * quick. Whoever applies waits for as long as it may take effect.
 */
const PLAN_WAITS = 120_000;

/**
 * Writes down what is about to be made, right before the request leaves.
 *
 * @param timeout how long making it may take: what appears later without an answer is somebody else's
 */
export function begin(
  journal: Journal,
  { timeout = HOUR, ...beginning }: Omit<Beginning, "expiresAfter"> & { readonly timeout: number | undefined },
): Started {
  return noted(`what is begun: the ${beginning.name}`, journal, () =>
    journal.begin({ ...beginning, expiresAfter: timeout }),
  );
}

/**
 * The same of what is about to be removed.
 *
 * @param timeout how long removing it may take; without an answer, nothing is expected of it after ten minutes
 */
export function beginRemoval(journal: Journal, removing: Removing, timeout: number = TAKES_EFFECT): SentRemoval {
  return noted(`what is removed: the ${removing.name}`, journal, () =>
    journal.beginRemoval(removing, Math.min(timeout, TAKES_EFFECT)),
  );
}

/** Milliseconds for which a removal that nobody has answered is still waited for. */
export function awaitedFor(sent: Pick<SentRemoval, "age" | "showsIn">, forPlan: boolean): number {
  return forPlan ? Math.max(0, Math.min(PLAN_WAITS - sent.age, sent.showsIn)) : sent.showsIn;
}

/** What whoever plans is told, in a sentence, of a removal that may still take effect. */
export function mayStillGo({ removal, showsIn }: SentRemoval): string {
  const until = showsIn === 0 ? "" : ` until ${timeOf(removal.expires)}`;
  return `Its removal was asked for at ${timeOf(removal.begun)} by a run that has not seen its end, and may yet take effect${until}: plan again then.`;
}

function noted<T>(what: string, journal: Journal, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new DiagnosticError(
      `Unable to note in the journal ${what}`,
      `${error instanceof Error ? error.message : String(error)}. Nothing was sent. Make ${journal.location}, which journal_directory names (journalDirectory in CDKTF, or KSVLA_JOURNAL_DIRECTORY), writable, then apply again.`,
      undefined,
      { cause: error },
    );
  }
}

/**
 * Tells the journal what Terraform plans; there is none while the provider's configuration is not known, and nothing can be applied
 * then.
 */
export function notePlan(context: Pick<Context<Client>, "client">, note: (journal: Journal) => void): void {
  let client: Client;
  try {
    ({ client } = context);
  } catch {
    return;
  }
  note(client.journal);
}

/** A request that has certainly not been obeyed has begun nothing; of any other the entry, or the note, stays. */
export function endUnlessUncertain(started: Pick<Started, "end">, error: unknown): void {
  if (failureOf(error).effect === "none") started.end();
}

/** A path that every shell takes as it is. */
const PLAIN = /^[\w./][\w./-]*$/;

/** The command, in quotes. */
export function howToForget({ file }: Pick<Started, "file">): string {
  return `"cdktf-ksvla journal forget ${PLAIN.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`}"`;
}

/** An object of an earlier run is in the state now, as it was meant to be. */
export function adopted(started: Started, id: string, settings: string) {
  const { name, begun } = started.entry;
  return {
    summary: `The ${name} was taken over from an earlier run`,
    detail: `A run that began it at ${timeOf(begun)} did not live to tell Terraform, as its journal shows (${started.file}). ${settings} Its import id is ${hclString(id)}. If it shall not be managed here, make Terraform forget it with "terraform state rm" and this resource's address, and the journal with ${howToForget(started)}.`,
  };
}

/** It was made otherwise than it is configured now, in what cannot be changed. */
export function madeOtherwise(started: Started, id: string, what: string): DiagnosticError {
  const { name, begun } = started.entry;
  return new DiagnosticError(
    `The ${name} was made with other settings`,
    `A run that began it at ${timeOf(begun)} did not live to tell Terraform, as its journal shows (${started.file}), and ${what} was configured otherwise then. It is in the state now, with the id "${id}", and is marked as tainted: the next apply replaces it. To keep it as it is, run "terraform untaint" with this resource's address first.`,
  );
}

/** After so much time, somebody may have decided otherwise about it. */
export function tooOld(started: Started, id: string): DiagnosticError {
  const { name, begun } = started.entry;
  return new DiagnosticError(
    `The ${name} exists already`,
    `An earlier run has made it: it began at ${timeOf(begun)}, as its journal shows (${started.file}). That is too long ago to take it over without being told. To manage it here, import it: ${importingBy(id)}. If it shall stay out of this state, run ${howToForget(started)} and choose another name or place.`,
  );
}

/**
 * What is tainted although it is in order, and whose successor create_before_destroy has made first.
 *
 * @param there what there is, and what two of it cannot be, in full sentences
 */
export function keptAlthoughTainted({ entry }: Started, action: string, there: string): DiagnosticError {
  return new DiagnosticError(
    `Unable to ${action}`,
    `${there} An earlier run began it at ${timeOf(entry.begun)} and did not see it end well, so it is tainted in the state. Nothing was made, and nothing was removed. To keep what is there, run "terraform untaint" with this resource's address. To have it made anew, remove it with "terraform destroy -target=" and this resource's address, then apply again.`,
  );
}

/** What failed, and the state has as tainted, was removed before its successor was made: whoever reads the plan expects the reverse. */
export function removedFirst(name: string, { entry }: Started, id: string) {
  return {
    summary: `What was left of the ${name} was removed first`,
    detail: `It has failed after an earlier run had begun it at ${timeOf(entry.begun)}, and was left with the id "${id}", tainted in the state. With create_before_destroy the new one is made before Terraform removes that; but the two cannot be there at the same time.`,
  };
}

/** It is in another state by now, or in another place of this one. */
export function heldAlready(name: string, id: string, holder: Holder, heldFile: string): DiagnosticError {
  return new DiagnosticError(
    `Unable to take over the ${name}`,
    `${whoHasIt(holder, heldFile)} Its import id is ${hclString(id)}. Nothing was changed. ${howToGetIt(holder, heldFile)}`,
  );
}

/** Whose an object is, in a sentence. */
export function whoHasIt(holder: Holder, heldFile: string): string {
  if (holder === "this run") return "Another resource of this configuration has it.";
  if (holder === "this state") return `The state of this configuration has it already, as ${heldFile} shows.`;
  return `The state of the workspace "${holder.workspace}" of ${holder.stack} has it, as ${heldFile} shows.`;
}

/** What whoever wants to manage it with this resource does about that. */
export function howToGetIt(holder: Holder, heldFile: string): string {
  const forget = `run ${howToForget({ file: heldFile })}, after which each run adds anew what its state has`;
  if (holder === "this run") return "Give each its own name or place.";
  if (holder === "this state")
    return `Give each resource its own name or place. If the state does not have it any more, as after "terraform state rm", ${forget}.`;
  return `To manage it here, remove it from that state first ("terraform state rm"), and ${forget}.`;
}

/** Warns where the object of a state is not there, because another server is asked than before. */
export function warnIfElsewhere(
  { kind, id, name }: Removing,
  { client, warn }: Pick<Context<Client>, "client" | "warn">,
): void {
  const hint = elsewhere(kind, id, client);
  if (hint === "") return;
  warn({
    summary: `The ${name} is not there`,
    detail: `The Integration Server has none with the id "${id}".${hint}`,
  });
}

/**
 * What there is to say, in a sentence that follows others, where the object of a state is asked for from another server than before:
 * resources are given another provider block by mistake, and nothing else tells.
 */
export function elsewhere(kind: Kind, id: string, { server, journal }: Client): string {
  const others = journal.otherServersOf(kind, id);
  if (others.length === 0) return "";
  return ` A state had it on ${others.join(", ")}, while this provider asks ${formatAddress(server.address)}. Where the resource was given another provider block (an alias), give it the one that it had: nothing moves from one Integration Server to another.`;
}

export const timeOf = (milliseconds: number): string => new Date(milliseconds).toISOString();
