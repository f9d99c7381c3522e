/** Removes an SVM; one that is already gone is a success. */
import {
  type Finding,
  failureOf,
  isUnsuccessful,
  pollUntil,
  type SvmLocation,
  TaskFailedError,
  type Uncertainty,
  type VirtualMachine,
} from "../../integration-server";
import type { SentRemoval } from "../../journal";
import type { Work } from "../../notes";
import { type DeleteRequest, DiagnosticError } from "../../terraform";
import type { Client } from "../shared/client";
import { attempt, explained } from "../shared/errors";
import { beginRemoval } from "../shared/journal";
import { noted } from "../shared/noted";
import { untilEnded } from "./earlier-deployment";
import { findKnown } from "./earlier-removal";
import { adviceOnce, concernsAll } from "./fleet-advice";
import { forget, removingOf } from "./journal";
import { briefName, learnNamesAfter, svmName } from "./naming";
import { known, locationOf } from "./placement";
import { logFailure, logged, svmSubject } from "./progress";
import type { SvmAttributes, SvmState } from "./schema";
import { elsewhereSvm, reason, reused, succeeded } from "./warnings";

type SvmDeleteRequest = DeleteRequest<SvmAttributes, Client>;

export async function remove(request: SvmDeleteRequest): Promise<void> {
  const subject = svmSubject("remove", request.state);
  await noted(
    request,
    subject,
    (work) => removeWhatThereIs(request, work),
    (was) => (was === "there" ? "removed" : "gone already"),
  );
  forget(request.state, request.client.journal);
}

/** Returns whether there was anything to remove. */
async function removeWhatThereIs(request: SvmDeleteRequest, work: Work): Promise<"there" | "gone"> {
  const { log, state, warn } = request;
  const finding = await attempt(`remove the ${svmName(state, request)}`, () => find(request, work));
  switch (finding.is) {
    case "there":
      await removeListed(finding.vm, request, work);
      return "there";
    case "gone":
      log.info(`${briefName(state, request)}: already gone`, { svm: state.name, id: state.id });
      if (finding.namesake !== undefined) warn(succeeded(state, finding.namesake, request));
      return "gone";
    case "another":
      throw refused(`${reused(state, finding.vm, request).detail} ${FORGET}`, request);
    case "being deployed":
      throw refused("It is being deployed. Wait for that, then apply again.", request);
    case "uncertain":
      throw refused(`${reason(state, finding.why, request)}${whatNow(finding.why, request)}`, request);
  }
}

const FORGET =
  'If the SVM is known to be gone, or shall stay, make Terraform forget it with "terraform state rm" and this resource\'s address.';
const FORGET_ALL =
  'If SVMs of it are known to be gone, or shall stay, make Terraform forget all of them at once: "terraform state rm" takes any number of addresses.';
const FOLLOW =
  "Connect the infrastructure again. If the connection was replaced, put the SVM's configuration back and apply first: the SVM then follows to the new connection, and can be removed.";
const RECONNECT = "Apply again when the infrastructure is connected and shows its SVMs.";
const LATER = "Apply again when that has ended.";
const STILL_THERE = "The SVM is still listed; its removal may be under way all the same. Apply again to make sure.";
/** How long a removal whose end nobody has seen may take to show itself, in milliseconds. */
const REMOVAL_SHOWS = 600_000;

/** An SVM that is still being deployed cannot be removed: waits until it is there, or certainly is not. */
async function find(request: SvmDeleteRequest, work: Work): Promise<Finding> {
  const { state } = request;
  const finding = await findKnown(state, request, { patiently: true });
  if (finding.is !== "being deployed") return finding;
  await untilEnded(finding.deployment.taskId, state, "waiting for the end of its deployment", request, work);
  return findKnown(state, request, { patiently: true, fresh: true });
}

async function removeListed(vm: VirtualMachine, request: SvmDeleteRequest, work: Work): Promise<void> {
  const { client, state, log, timeout } = request;
  let sent: SentRemoval | undefined;
  const following = {
    onLeaving: () => {
      sent ??= beginRemoval(client.journal, removingOf(state, vm, request), timeout);
    },
    onTask: (taskId: string) => sent?.note(taskId),
  };
  try {
    const target = { ...placeFor(state, vm), svmId: vm.id };
    await client.server.svms.remove({ target }, logged("removing", state, request, work, following));
  } catch (error) {
    if (await isGone(vm, error, request)) return;
    if (hasEnded(error, sent)) sent?.end();
    const whatNow = failureOf(error).effect === "unknown" ? STILL_THERE : undefined;
    await learnNamesAfter(error, state, request);
    logFailure("removing", state, error, request);
    throw explained(`remove the ${svmName(state, request)}`, error, whatNow);
  }
  log.info(`${briefName(state, request)}: removed`, { svm: state.name, id: vm.id });
}

/** Whether nothing comes of it any more: its task has failed, or it was refused. */
function hasEnded(error: unknown, sent: SentRemoval | undefined): boolean {
  if (error instanceof TaskFailedError) return isUnsuccessful(error.task.state);
  return sent?.removal.taskId === undefined && failureOf(error).effect === "none";
}

/** With what comes before it, where there is anything to say. */
function whatNow(why: Uncertainty, { client, state }: SvmDeleteRequest): string {
  if (!concernsAll(why)) return ` ${why === "leaving" ? LATER : RECONNECT} ${FORGET}`;
  const hint = why === "missing" ? elsewhereSvm(state, { client }) : "";
  const advice = `${why === "missing" ? FOLLOW : RECONNECT} ${FORGET_ALL}`;
  return `${hint} ${adviceOnce(advice, state.infrastructureId, client)}`;
}

/** Where the server finds it: hypervisors are asked about what runs on them, while a project is what it was deployed in. */
function placeFor(state: SvmState, { parentId }: VirtualMachine): SvmLocation {
  const location = locationOf(state);
  return location.type === "host" ? { ...location, locationId: parentId ?? location.locationId } : location;
}

/** Whether the SVM has gone although its removal was not seen to end well. */
async function isGone(vm: VirtualMachine, error: unknown, request: SvmDeleteRequest): Promise<boolean> {
  const { client, state, signal } = request;
  const { judge, pace } = client.server;
  if (signal.aborted) return false;
  const end = pace.clock.now() + (failureOf(error).effect === "unknown" ? REMOVAL_SHOWS : 0);
  try {
    const { is } = await pollUntil({
      look: () => judge.find({ ...known(state), id: vm.id, deployedBy: undefined }, { fresh: true, signal }),
      done: (finding) => finding.is !== "there" || pace.clock.now() >= end,
      pace,
      signal,
    });
    return is === "gone" || is === "another";
  } catch {
    return false;
  }
}

function refused(why: string, request: SvmDeleteRequest): DiagnosticError {
  return new DiagnosticError(`Unable to remove the ${svmName(request.state, request)}`, why);
}
