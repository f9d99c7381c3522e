/**
 * The answer to a deployment did not arrive, so nobody knows its task. If the request was taken, the SVM appears sooner or
 * later; it is not sent a second time.
 */
import { pollUntil, type VirtualMachine } from "../../integration-server";
import { type CreateRequest, OperationTimedOut } from "../../terraform";
import type { Client } from "../shared/client";
import { explained } from "../shared/errors";
import { interrupted, neverAppeared } from "./create-errors";
import type { DeploymentEntry } from "./deployment-entry";
import { briefName, placeOf, svmName } from "./naming";
import { whereabouts } from "./placement";
import type { SvmAttributes, SvmState } from "./schema";
import { seenIn } from "./seeing";
import { deployedState, isRunning, type SvmIds } from "./state";

type SvmCreateRequest = CreateRequest<SvmAttributes, Client>;

/** In milliseconds; uploading an image takes its time. */
const PATIENCE = 600_000;

export async function afterLostAnswer(
  lost: unknown,
  entry: DeploymentEntry,
  request: SvmCreateRequest,
): Promise<SvmState> {
  const { client, plan, save, signal, warn, log } = request;
  const action = `deploy the ${svmName(plan, request)}`;
  let ids: SvmIds = { id: null, taskId: null, ipAddress: null };
  try {
    log.info(`${briefName(plan, request)}: the answer to its deployment was lost; looking for it`, { svm: plan.name });
    const appeared = await client.server.judge.appearance(whereabouts(plan), { limit: PATIENCE, signal });
    if (appeared !== undefined) {
      ids = { ...ids, id: appeared.id };
      entry.note(ids);
      const vm = await untilEnabled(appeared, request);
      if (vm !== undefined) {
        warn(takenOver(vm, request));
        return deployedState(plan, { ...ids, id: vm.id }, await seenIn(vm, plan.infrastructureId, null, request));
      }
    }
  } catch (error) {
    // Time is up, and nothing is known to exist: a state would say more than was done.
    if (ids.id === null && signal.reason instanceof OperationTimedOut)
      throw explained(action, lost, neverAppeared(entry.started, request));
    save(ids);
    entry.leave(ids, "unfinished");
    throw signal.aborted ? interrupted(error, ids, { ...request, started: entry.started }) : explained(action, error);
  }
  throw explained(action, lost, neverAppeared(entry.started, request));
}

/** As long as it takes, unless it disappears again. */
export async function untilEnabled(
  { id }: VirtualMachine,
  request: SvmCreateRequest,
): Promise<VirtualMachine | undefined> {
  const { client, plan, signal } = request;
  const listed = await pollUntil({
    look: () => client.server.judge.listed({ ...whereabouts(plan), id }, { fresh: true, signal }),
    done: (seen) => seen?.is !== "there" || isRunning(seen.vm),
    pace: client.server.pace,
    signal,
  });
  return listed?.is === "there" ? listed.vm : undefined;
}

function takenOver({ id }: VirtualMachine, request: SvmCreateRequest) {
  const { plan } = request;
  return {
    summary: `The report on the deployment of the SVM "${plan.name}" was lost`,
    detail: `The Integration Server's answer to the deployment did not arrive. An SVM of this name (id "${id}") has appeared on ${placeOf(plan, request)} and runs, so it was taken over. Whether every setting of the configuration has taken effect could not be seen.`,
  };
}
