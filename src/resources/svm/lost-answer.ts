/**
 * The answer to a deployment did not arrive, so nobody knows its task. If the request was taken, the SVM appears sooner or
 * later; it is not sent a second time.
 */
import { pollUntil, type VirtualMachine } from "../../integration-server";
import { isSameId } from "../../integration-server/ids";
import type { Work } from "../../notes";
import { type CreateRequest, OperationTimedOut } from "../../terraform";
import type { Client } from "../shared/client";
import { durationOf } from "../shared/duration";
import { ARRIVES, TAKES_EFFECT } from "../shared/effect";
import { explained } from "../shared/errors";
import { interrupted, neverAppeared, notTaken } from "./create-errors";
import type { DeploymentEntry } from "./deployment-entry";
import { briefName, placeOf, svmName } from "./naming";
import { whereabouts } from "./placement";
import type { SvmAttributes, SvmState } from "./schema";
import { seenIn } from "./seeing";
import { deployedState, isRunning, type SvmIds } from "./state";

type SvmCreateRequest = CreateRequest<SvmAttributes, Client>;

export async function afterLostAnswer(
  lost: unknown,
  entry: DeploymentEntry,
  request: SvmCreateRequest,
  work: Work,
): Promise<SvmState> {
  const { plan, save, signal, warn, log, timeout = TAKES_EFFECT } = request;
  const action = `deploy the ${svmName(plan, request)}`;
  let ids: SvmIds = { id: null, taskId: null, ipAddress: null };
  let isTaken = true;
  try {
    const limit = durationOf(Math.min(TAKES_EFFECT, timeout));
    const what = `nobody knows whether the server has taken the request: looking for the SVM for ${limit} at most`;
    log.info(`${briefName(plan, request)}: ${what}`, { svm: plan.name });
    work.waitFor(what);
    const appeared = await appearance(entry, request);
    if (appeared === "not taken") {
      isTaken = false;
    } else if (appeared !== undefined) {
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
  throw explained(action, lost, isTaken ? neverAppeared(entry.started, request) : notTaken());
}

/** Looks until the SVM is listed; no longer than a request may be under way where the server's list of tasks shows that there is none. */
async function appearance(
  { started }: DeploymentEntry,
  { client, plan, signal }: SvmCreateRequest,
): Promise<VirtualMachine | "not taken" | undefined> {
  const { judge, svms } = client.server;
  const place = whereabouts(plan);
  const early = await judge.appearance(place, { limit: ARRIVES, signal });
  if (early !== undefined || started === undefined) return early;
  const trace = await svms.trace(place, { createdFrom: started.entry.begun, signal });
  return trace.is === "none" ? "not taken" : judge.appearance(place, { limit: TAKES_EFFECT - ARRIVES, signal });
}

/**
 * Servers forget tasks, some as soon as they end. The name was free before, so an SVM that has it now and runs is what this
 * one has deployed; undefined where there is none that runs.
 */
export async function afterForgottenTask(ids: SvmIds, request: SvmCreateRequest): Promise<SvmState | undefined> {
  const { client, plan, signal, warn } = request;
  // Why the task could not be followed matters more than why nobody can look.
  const vm = await client.server.judge.appearance(whereabouts(plan), { signal }).catch(() => undefined);
  if (vm === undefined || !isRunning(vm) || (ids.id !== null && !isSameId(ids.id, vm.id))) return undefined;
  warn({
    summary: `The end of the deployment of the SVM "${plan.name}" was not seen`,
    detail: `The Integration Server has forgotten its task "${ids.taskId}". An SVM of this name (id "${vm.id}") is on ${placeOf(plan, request)} and runs, so it was deployed. Whether every setting of the configuration has taken effect could not be seen.`,
  });
  return deployedState(plan, { ...ids, id: vm.id }, await seenIn(vm, plan.infrastructureId, null, request));
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
