/**
 * The answer to a deployment did not arrive, so nobody knows its task. If the request was taken, the SVM appears sooner or
 * later; it is not sent a second time.
 */
import { pollUntil, type VirtualMachine } from "../../integration-server";
import type { CreateRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { explained } from "../shared/errors";
import { interrupted, neverAppeared } from "./create-errors";
import { findByName, lookFor } from "./look-up";
import { placeOf, svmName, whereabouts } from "./placement";
import type { SvmAttributes, SvmState } from "./schema";
import { deployedState, type SvmIds } from "./state";

type SvmCreateRequest = CreateRequest<SvmAttributes, Client>;

export async function afterLostAnswer(lost: unknown, request: SvmCreateRequest): Promise<SvmState> {
  const { plan, save, signal, warn, log } = request;
  const action = `deploy the ${svmName(plan)}`;
  let ids: SvmIds = { id: null, taskId: null, ipAddress: null };
  try {
    log.info("The answer was lost; looking for the SVM", { svm: plan.name });
    const appeared = await lookFor(() => findByName(whereabouts(plan), request), request);
    if (appeared !== undefined) {
      ids = { ...ids, id: appeared.id };
      const vm = await untilEnabled(request);
      if (vm !== undefined) {
        warn(takenOver(request, vm));
        return deployedState(plan, { ...ids, id: vm.id }, vm);
      }
    }
  } catch (error) {
    save(ids);
    throw signal.aborted ? interrupted(plan, ids, error) : explained(action, error);
  }
  throw explained(action, lost, neverAppeared(plan));
}

/** As long as it takes, unless it disappears again. */
function untilEnabled(request: SvmCreateRequest): Promise<VirtualMachine | undefined> {
  return pollUntil({
    look: () => findByName(whereabouts(request.plan), request),
    done: (vm) => vm === undefined || vm.state === undefined || vm.state === "Enabled",
    pace: request.client.server.pace,
    signal: request.signal,
  });
}

function takenOver({ plan }: SvmCreateRequest, { id }: VirtualMachine) {
  return {
    summary: `The report on the deployment of the SVM "${plan.name}" was lost`,
    detail: `The Integration Server's answer to the deployment did not arrive. An SVM of this name (id ${id}) has appeared on ${placeOf(plan)} and runs, so it was taken over. Whether every setting of the configuration has taken effect could not be seen.`,
  };
}
