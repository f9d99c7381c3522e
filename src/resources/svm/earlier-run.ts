/** An SVM that an earlier run has begun to deploy, and did not live to tell Terraform. */
import { failureOf, type VirtualMachine } from "../../integration-server";
import type { Started } from "../../journal";
import type { Work } from "../../notes";
import { type CreateRequest, DiagnosticError } from "../../terraform";
import type { Client } from "../shared/client";
import { durationOf } from "../shared/duration";
import { ARRIVES, TAKES_EFFECT } from "../shared/effect";
import { attempt, explained } from "../shared/errors";
import { adopted, heldAlready, howToForget, madeOtherwise, timeOf, tooOld } from "../shared/journal";
import { remains } from "./create-errors";
import { untilEnded } from "./earlier-deployment";
import { fingerprint, makingOf, svmIdIn } from "./journal";
import { untilEnabled } from "./lost-answer";
import { briefName, svmName } from "./naming";
import { importId, whereabouts } from "./placement";
import { sendAll } from "./reconfigure";
import { clearRemains, type Remains } from "./remains";
import type { SvmAttributes, SvmState } from "./schema";
import { readBack } from "./seeing";
import { deployedState, type SvmIds } from "./state";
import { reason } from "./warnings";

type SvmCreateRequest = CreateRequest<SvmAttributes, Client>;

export type Earlier =
  | { readonly is: "adopted"; readonly state: SvmState }
  /** There is nothing of it; where there was something, lists may not show yet what there is. */
  | { readonly is: "none"; readonly thoroughly: boolean };

/**
 * Takes the SVM over where it is there and is ours.
 *
 * @throws DiagnosticError where it may be there, but must not or cannot be taken over
 */
export async function adoptEarlier(request: SvmCreateRequest, work: Work): Promise<Earlier> {
  const { client, plan } = request;
  const started = client.journal.takeEarlier(makingOf(plan));
  if (started === undefined) return { is: "none", thoroughly: false };
  const found = await attempt(`see what became of the ${svmName(plan, request)}`, () => find(started, request, work));
  if (found !== undefined && started.remains !== undefined) {
    await clearRemains(found, started.remains, started, request);
    return { is: "none", thoroughly: false };
  }
  if (found !== undefined) return { is: "adopted", state: await adopt(started, found, request) };
  started.end();
  return { is: "none", thoroughly: true };
}

/** What the entry or its task names by id; where neither does, what has appeared since. */
async function find(started: Started, request: SvmCreateRequest, work: Work): Promise<Remains | undefined> {
  const { client, plan, signal, log } = request;
  const wasTaken = await findTask(started, request);
  const { taskId } = started.entry;
  const id = svmIdIn(started.entry, plan);
  log.info(`${briefName(plan, request)}: an earlier run has begun to deploy it`, { svm: plan.name, task: taskId, id });
  const isKnown = taskId !== undefined && (await isTaskKnown(taskId, request));
  if (isKnown) await untilEnded(taskId, plan, "waiting for an earlier run to deploy it", request, work);
  if (!isKnown && id === null) return wasTaken ? findUnnamed(started, request, work) : undefined;
  const known = { ...whereabouts(plan), id, deployedBy: isKnown ? taskId : undefined };
  const finding = await client.server.judge.await(known, { fresh: true, signal });
  switch (finding.is) {
    case "there":
      return finding;
    case "gone":
    case "another":
      return undefined;
    case "being deployed":
      throw undecided(started, "Its task goes on.");
    case "uncertain":
      throw undecided(started, reason(plan, finding.why, request));
  }
}

/** Some servers list tasks, so that one whose id was never answered can be found; false where the list shows that there is none. */
async function findTask(started: Started, { client, plan, signal }: SvmCreateRequest): Promise<boolean> {
  if (started.standing !== "unanswered") return true;
  const trace = await client.server.svms.trace(whereabouts(plan), { createdFrom: started.entry.begun, signal });
  if (trace.is === "there") started.note({ taskId: trace.taskId });
  return trace.is !== "none" || started.age < ARRIVES;
}

/** Servers forget tasks, in whichever way they say so. */
async function isTaskKnown(taskId: string, { client, plan, signal }: SvmCreateRequest): Promise<boolean> {
  try {
    return (await client.server.svms.subtask(taskId, whereabouts(plan), { signal })) !== undefined;
  } catch (error) {
    if (failureOf(error).kind === "refused") return false;
    throw error;
  }
}

/**
 * Nobody knows the task. When the request was about to leave, there was no SVM of this name: one that there is now is this
 * one, as long as deploying it may take.
 */
async function findUnnamed(started: Started, request: SvmCreateRequest, work: Work): Promise<Remains | undefined> {
  const { client, plan, signal, log } = request;
  if (started.isExpired) return undefined;
  const limit = patienceWith(started);
  if (limit > 0) {
    const what = `an earlier run has asked for it, and nobody has answered: looking for it for ${durationOf(limit)} at most`;
    log.info(`${briefName(plan, request)}: ${what}`, { svm: plan.name });
    work.waitFor(what);
  }
  const appeared = await client.server.judge.appearance(whereabouts(plan), { limit, signal });
  const vm = appeared && (await untilEnabled(appeared, request));
  if (vm !== undefined) return { vm, deployment: undefined };
  if (started.isExpired) return undefined;
  throw undecided(started, "No SVM of this name has appeared in its place so far.");
}

/**
 * Milliseconds. How long it has been there counts, whoever has waited: later runs look once, until it is worth waiting for the time from
 * which nothing is expected of it any more.
 */
function patienceWith({ age, expiresIn }: Started): number {
  return expiresIn <= TAKES_EFFECT ? Math.max(0, expiresIn) : Math.max(0, TAKES_EFFECT - age);
}

async function adopt(started: Started, { vm, deployment }: Remains, request: SvmCreateRequest): Promise<SvmState> {
  const { client, plan, save, warn } = request;
  const { name, taskId = null } = started.entry;
  const id = importId(plan.infrastructureId, vm.id);
  const holder = client.journal.holderOf("svm", id);
  if (holder !== undefined) throw heldAlready(name, id, holder, client.journal.heldFile);
  if (started.standing === "old") throw tooOld(started, id);
  const ids: SvmIds = { id: vm.id, taskId, ipAddress: deployment?.ipAddress ?? null };
  const difference = started.differenceTo(fingerprint(plan));
  started.adopt(id);
  if (deployment?.state === "failed") {
    save(ids);
    started.leave("failed");
    throw hasFailed(started, vm.id);
  }
  if (difference === "identity") {
    save(ids);
    started.leave("unfinished");
    throw madeOtherwise(started, id, "its image, storage or flavor");
  }
  const ipAddress = difference === "settings" ? await resend(started, vm, ids, request) : ids.ipAddress;
  warn(
    adopted(started, id, difference === "settings" ? "It was sent all settings." : "Its settings are as configured."),
  );
  return deployedState(plan, { ...ids, ipAddress }, await readBack(plan, vm.id, null, request));
}

/** It is ours, so it stays in the state whatever becomes of it. */
async function resend(
  started: Started,
  vm: VirtualMachine,
  ids: SvmIds,
  request: SvmCreateRequest,
): Promise<string | null> {
  try {
    return await sendAll(request, vm);
  } catch (error) {
    request.save(ids);
    started.leave("unfinished");
    const action = `reconfigure the ${started.entry.name}, which an earlier run has deployed with other settings`;
    throw explained(action, error, remains(vm.id));
  }
}

function hasFailed(started: Started, id: string): DiagnosticError {
  const { name, begun, taskId } = started.entry;
  return new DiagnosticError(
    `The ${name} was not deployed well`,
    `A run that began it at ${timeOf(begun)} did not live to tell Terraform, as its journal shows (${started.file}); its task "${taskId}" has failed since. ${remains(id)}`,
  );
}

function undecided(started: Started, why: string): DiagnosticError {
  const { name, begun, expires, answered } = started.entry;
  const later = answered === undefined ? `, or after ${timeOf(expires)}, when a deployment would have timed out` : "";
  return new DiagnosticError(
    `Unable to tell what became of the ${name}`,
    `A run that asked for it at ${timeOf(begun)} did not live to tell Terraform, as its journal shows (${started.file}). ${why} Nothing was deployed. Apply again${later}. If the Integration Server Console shows no running deployment of it, run ${howToForget(started)} first: it is deployed anew then.`,
  );
}
