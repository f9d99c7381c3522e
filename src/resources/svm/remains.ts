/**
 * What a deployment that did not end well has left to Terraform as tainted. With create_before_destroy, its successor is made
 * first, and two of one name cannot be in one place.
 */
import type { SvmTaskState, VirtualMachine } from "../../integration-server";
import type { Left, Started } from "../../journal";
import { type CreateRequest, DiagnosticError } from "../../terraform";
import type { Client } from "../shared/client";
import { timeOf } from "../shared/journal";
import { noted } from "../shared/noted";
import { isLeaving } from "./earlier-removal";
import { svmIdIn } from "./journal";
import { svmName } from "./naming";
import { importId } from "./placement";
import { svmSubject } from "./progress";
import { removeListed } from "./removal";
import type { SvmAttributes } from "./schema";

type SvmCreateRequest = CreateRequest<SvmAttributes, Client>;

export interface Remains {
  readonly vm: VirtualMachine;
  readonly deployment: SvmTaskState | undefined;
}

/**
 * Removes what is left of a deployment that has failed, as Terraform would do right after. What was deployed well although
 * nobody has seen that is left alone.
 *
 * @param how as the run before has left it
 */
export async function clearRemains(
  { vm, deployment }: Remains,
  how: Left,
  started: Started,
  request: SvmCreateRequest,
): Promise<void> {
  const { client, plan, warn } = request;
  const hasFailed = deployment === undefined ? how === "failed" : deployment.state === "failed";
  if (!hasFailed || (deployment === undefined && svmIdIn(started.entry, plan) === null))
    throw inOrder(vm, started, request);
  await noted(
    request,
    svmSubject("remove", plan),
    async (work) => {
      // A run before this one may have sent the removal, and not have lived to see its end.
      if (!(await isLeaving(vm, plan, request))) await removeListed(vm, plan, request, work);
    },
    () => "removed what a failed deployment had left",
  );
  client.journal.cleared("svm", importId(plan.infrastructureId, vm.id));
  started.end();
  warn({
    summary: `What was left of the ${svmName(plan, request)} was removed first`,
    detail: `Its deployment, which an earlier run began at ${timeOf(started.entry.begun)}, has failed and left the SVM with the id "${vm.id}" behind, which is tainted in the state. With create_before_destroy the new one is deployed before Terraform removes that; but two SVMs of one name cannot be in one place.`,
  });
}

function inOrder({ id }: VirtualMachine, { entry }: Started, request: SvmCreateRequest): DiagnosticError {
  return new DiagnosticError(
    `Unable to deploy the ${svmName(request.plan, request)}`,
    `An SVM of this name (id "${id}") is there. An earlier run began it at ${timeOf(entry.begun)} and did not see it end well, so it is tainted in the state; but nothing says that its deployment has failed, and it may protect. With create_before_destroy the new one is deployed first, and two SVMs of one name cannot be in one place: nothing was deployed, and nothing was removed. To keep the one that is there, run "terraform untaint" with this resource's address. To have it deployed anew, remove it with "terraform destroy -target=" and this resource's address, then apply again.`,
    ["name"],
  );
}
