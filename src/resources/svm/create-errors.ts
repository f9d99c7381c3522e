/** What to do after a deployment that did not end well. */
import type { SvmExistsError } from "../../integration-server";
import type { Holder, Started } from "../../journal";
import { type CreateRequest, DiagnosticError } from "../../terraform";
import type { Client } from "../shared/client";
import { explained, sentence } from "../shared/errors";
import { howToForget, howToGetIt, whoHasIt } from "../shared/journal";
import { importingBy } from "../shared/pasting";
import { placeOf, svmName } from "./naming";
import { importId } from "./placement";
import type { SvmAttributes } from "./schema";
import type { SvmIds } from "./state";

type Request = Pick<CreateRequest<SvmAttributes, Client>, "client" | "plan">;

export function existsAlready({ message, svm }: SvmExistsError, request: Request): DiagnosticError {
  const { client, plan } = request;
  const { journal } = client;
  const id = importId(plan.infrastructureId, svm.id);
  return new DiagnosticError(
    `Unable to deploy the ${svmName(plan, request)}`,
    `${sentence(message)} Nothing was deployed. ${howToHaveOne(id, journal.holderOf("svm", id), journal.heldFile)}`,
    ["name"],
  );
}

/** What is managed already is not imported once more. */
function howToHaveOne(id: string, holder: Holder | undefined, heldFile: string): string {
  if (holder === undefined)
    return `To take that SVM over, import it: ${importingBy(id)}. To have another one, choose another name.`;
  const passes = holder === "this state" ? ` ${IN_THIS_STATE}` : "";
  return `${whoHasIt(holder, heldFile)}${passes} ${howToGetIt(holder, heldFile)}`;
}

const IN_THIS_STATE =
  'If this resource replaces it with create_before_destroy, the two cannot have one name at the same time: give the new one another name, such as one with the version of its image, or leave create_before_destroy out. If the state has it as tainted, "terraform destroy -target=" and this resource\'s address removes it first. If its name passes to this resource from another one, which gives it up in this run, apply again when that has ended.';

/** A server that refuses to say what became of its work is no proof that there is no SVM. */
export function outcomeUnknown({ taskId, id }: SvmIds): string {
  return `What became of the deployment is not known${taskId === null ? "" : ` (task "${taskId}")`}. ${kept(id)}`;
}

/** The server has said that it has deployed the SVM, but named another machine. */
export function foreign(named: string, ids: SvmIds, request: Request): DiagnosticError {
  return new DiagnosticError(
    `Unable to deploy the ${svmName(request.plan, request)}`,
    `Its task has ended well, but names a machine ("${named}") that has neither the SVM's name nor its place, and the SVM is not listed. That machine is left alone. ${outcomeUnknown(ids)}`,
  );
}

export function remains(id: string): string {
  return `${kept(id)} To keep it as it is, run "terraform untaint" with this resource's address first.`;
}

/** What the user did is in the framework's own message; this says what is left. */
export function interrupted(
  error: unknown,
  ids: SvmIds,
  request: Request & { readonly started: Started | undefined },
): unknown {
  const { plan, started } = request;
  const action = `see the deployment of the ${svmName(plan, request)} end`;
  const isNamed = ids.taskId !== null || ids.id !== null;
  const begun = ids.taskId === null ? "may have started" : `goes on as task "${ids.taskId}"`;
  const left = isNamed || started === undefined ? `${kept(ids.id)} ${UNTAINT}` : onlyBegun(started);
  const whatNow = `The deployment ${begun} on the Integration Server. ${left}`;
  const read = explained(action, error, whatNow);
  return read === error ? new DiagnosticError(`Unable to ${action}`, whatNow, undefined, { cause: error }) : read;
}

const UNTAINT = 'To keep the SVM instead, run "terraform untaint" with this resource\'s address when it is deployed.';

/** Nobody knows an id or a task of it: the next run goes by the journal. */
function onlyBegun({ file }: Started): string {
  return `The SVM is in the state, marked as tainted, but without an id. The next apply takes it over when it has appeared, as the journal shows that it was begun here (${file}); without the journal, it removes what has this name there and deploys it anew.`;
}

export function neverAppeared(started: Started | undefined, request: Request): string {
  const forget = started && ` If it shows none, run ${howToForget(started)}: the next apply then deploys the SVM.`;
  return `No SVM of this name has appeared on ${placeOf(request.plan, request)} so far, and nothing was sent a second time. A deployment that has only begun does not show its SVM yet: the Integration Server Console does. The next apply looks again, and takes the SVM over when it has appeared.${forget ?? ""}`;
}

/** Some servers have a list of tasks. */
export function notTaken(): string {
  return "Nothing was sent a second time. The Integration Server's list of tasks shows none that deploys it, so the request seems not to have been taken. Apply again: the list is looked at once more, and the SVM is deployed where that shows none either.";
}

function kept(id: string | null): string {
  const what = id === null ? "The SVM is" : `The SVM with the id "${id}" is`;
  return `${what} in the state, marked as tainted: the next apply looks for it, removes it if it exists and deploys it anew.`;
}
