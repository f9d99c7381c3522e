/** Removes an SVM; one that is already gone is a success. */
import type { Finding, SvmTaskState, Uncertainty, VirtualMachine } from "../../integration-server";
import type { Holder } from "../../journal";
import type { Work } from "../../notes";
import { type DeleteRequest, DiagnosticError } from "../../terraform";
import type { Client } from "../shared/client";
import { attempt } from "../shared/errors";
import { noted } from "../shared/noted";
import { untilEnded } from "./earlier-deployment";
import { findKnown } from "./earlier-removal";
import { adviceOnce, concernsAll } from "./fleet-advice";
import { forget, journalId } from "./journal";
import { briefName, svmName } from "./naming";
import { importId } from "./placement";
import { svmSubject } from "./progress";
import { removeListed } from "./removal";
import type { SvmAttributes } from "./schema";
import { elsewhereSvm, reason, reused, succeeded } from "./warnings";

type SvmDeleteRequest = DeleteRequest<SvmAttributes, Client>;

export async function remove(request: SvmDeleteRequest): Promise<void> {
  const { client, log, state } = request;
  const id = journalId(state);
  // Whatever has its id now is its successor.
  if (id !== undefined && client.journal.takeCleared("svm", id)) {
    log.info(`${briefName(state, request)}: was removed before its successor was deployed`, { svm: state.name, id });
    return;
  }
  const subject = svmSubject("remove", state, request);
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
      if (isAnothers(finding.vm, finding.deployment, request)) return "gone";
      await removeListed(finding.vm, state, request, work);
      return "there";
    case "gone":
      log.info(`${briefName(state, request)}: already gone`, { svm: state.name, id: state.id });
      if (finding.namesake !== undefined && holderOf(finding.namesake, request) === undefined)
        warn(succeeded(state, finding.namesake, request));
      return "gone";
    case "another":
      throw refused(`${reused(state, finding.vm, request).detail} ${FORGET}`, request);
    case "being deployed":
      throw refused("It is being deployed. Wait for that, then apply again.", request);
    case "uncertain":
      throw refused(`${reason(state, finding.why, request)}${whatNow(finding.why, request)}`, request);
  }
}

/** What was found by its name alone may be the successor, which was made first: that has an id by now. */
function isAnothers(vm: VirtualMachine, deployment: SvmTaskState | undefined, request: SvmDeleteRequest): boolean {
  return request.state.id === null && deployment === undefined && holderOf(vm, request) !== undefined;
}

function holderOf({ id }: VirtualMachine, { client, state }: SvmDeleteRequest): Holder | undefined {
  return client.journal.holderOf("svm", importId(state.infrastructureId, id));
}

const FORGET =
  'If the SVM is known to be gone, or shall stay, make Terraform forget it with "terraform state rm" and this resource\'s address.';
const FORGET_ALL =
  'If SVMs of it are known to be gone, or shall stay, make Terraform forget all of them at once: "terraform state rm" takes any number of addresses.';
const FOLLOW =
  "Connect the infrastructure again. If the connection was replaced, put the SVM's configuration back and apply first: the SVM then follows to the new connection, and can be removed.";
const RECONNECT = "Apply again when the infrastructure is connected and shows its SVMs.";
const LATER = "Apply again when that has ended.";

/** An SVM that is still being deployed cannot be removed: waits until it is there, or certainly is not. */
async function find(request: SvmDeleteRequest, work: Work): Promise<Finding> {
  const { state } = request;
  const finding = await findKnown(state, request, { patiently: true, work });
  if (finding.is !== "being deployed") return finding;
  await untilEnded(finding.deployment.taskId, state, "waiting for the end of its deployment", request, work);
  return findKnown(state, request, { patiently: true, fresh: true, work });
}

/** With what comes before it, where there is anything to say. */
function whatNow(why: Uncertainty, { client, state }: SvmDeleteRequest): string {
  if (!concernsAll(why)) return ` ${why === "leaving" ? LATER : RECONNECT} ${FORGET}`;
  const hint = why === "missing" ? elsewhereSvm(state, { client }) : "";
  const advice = `${why === "missing" ? FOLLOW : RECONNECT} ${FORGET_ALL}`;
  return `${hint} ${adviceOnce(advice, state.infrastructureId, client)}`;
}

function refused(why: string, request: SvmDeleteRequest): DiagnosticError {
  return new DiagnosticError(`Unable to remove the ${svmName(request.state, request)}`, why);
}
