/**
 * What a deployment that did not end well has left to Terraform as tainted. With create_before_destroy, its successor is made
 * first, and two of one name cannot be in one place.
 */
import type { SvmTaskState, VirtualMachine } from "../../integration-server";
import type { Left, Started } from "../../journal";
import type { CreateRequest, DiagnosticError } from "../../terraform";
import type { Client } from "../shared/client";
import { keptAlthoughTainted, removedFirst } from "../shared/journal";
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
    svmSubject("remove", plan, request),
    async (work) => {
      // A run before this one may have sent the removal, and not have lived to see its end.
      if (!(await isLeaving(vm, plan, request, work))) await removeListed(vm, plan, request, work);
    },
    () => "removed what a failed deployment had left",
  );
  client.journal.cleared("svm", importId(plan.infrastructureId, vm.id));
  started.end();
  warn(removedFirst(svmName(plan, request), started, vm.id));
}

function inOrder({ id }: VirtualMachine, started: Started, request: SvmCreateRequest): DiagnosticError {
  const there = `An SVM of this name (id "${id}") is there, and two of one name cannot be in one place. Nothing says that its deployment has failed, and it may protect.`;
  return keptAlthoughTainted(started, `deploy the ${svmName(request.plan, request)}`, there);
}
