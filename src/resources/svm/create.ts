/** Deploys an SVM, and knows after every failure whether there is one now. */
import { failureOf, isUnsuccessful, SvmExistsError, TaskFailedError } from "../../integration-server";
import { formatAddress } from "../../integration-server/address";
import type { CreateRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { attempt, explained } from "../shared/errors";
import { existsAlready, interrupted, outcomeUnknown, remains } from "./create-errors";
import { untilEnded } from "./earlier-deployment";
import { type Journal, journalOf } from "./journal";
import { findByName, readBack } from "./look-up";
import { afterLostAnswer } from "./lost-answer";
import { svmName, whereabouts } from "./placement";
import { logged } from "./progress";
import { deploymentOf } from "./requests";
import type { SvmAttributes, SvmState } from "./schema";
import { deployedState, type SvmIds } from "./state";

type SvmCreateRequest = CreateRequest<SvmAttributes, Client>;

export async function create(request: SvmCreateRequest): Promise<SvmState> {
  const { client, config, plan, log, signal } = request;
  const journal = journalOf(formatAddress(client.server.address), whereabouts(plan), log);
  await afterEarlierRun(journal, request);
  let ids: SvmIds = { id: null, taskId: null, ipAddress: null };
  const options = logged("Deploying", plan, request, {
    onTask: (taskId) => {
      ids = { ...ids, taskId };
      journal.note(taskId);
    },
    onSubtask: ({ svmId, ipAddress }) => {
      ids = { ...ids, id: svmId ?? ids.id, ipAddress: ipAddress ?? ids.ipAddress };
    },
  });
  try {
    const { svmId } = await client.server.svms.deploy(deploymentOf(config, plan), options);
    ids = { ...ids, id: svmId };
    log.info("Deployed the SVM", { svm: plan.name, id: svmId });
    return deployedState(plan, ids, await readBack(plan, svmId, request));
  } catch (error) {
    return await afterFailure(error, ids, request);
  } finally {
    // An end that nobody has seen is to be awaited, and whoever was told to end may have nobody left to tell.
    if (!signal.aborted) journal.forget();
  }
}

/** Waits until a deployment has ended that an earlier run began and told nobody about; looking for its SVM comes then. */
async function afterEarlierRun(journal: Journal, request: SvmCreateRequest): Promise<void> {
  const { plan, log } = request;
  const taskId = journal.begun();
  if (taskId === undefined) return;
  log.info("An earlier run has begun to deploy the SVM", { svm: plan.name, task: taskId });
  await attempt(`see an earlier deployment of the ${svmName(plan)} end`, () =>
    untilEnded(taskId, plan, "Waiting for an earlier run to deploy", request),
  );
  journal.forget();
}

/** Saves what exists or may exist. What certainly does not leaves no state, so that the next apply starts anew. */
async function afterFailure(error: unknown, ids: SvmIds, request: SvmCreateRequest): Promise<SvmState> {
  const { plan, save, signal } = request;
  const action = `deploy the ${svmName(plan)}`;
  const isLost = ids.taskId === null && failureOf(error).effect === "unknown";
  if (error instanceof SvmExistsError) throw existsAlready(plan, error);
  if (ids.taskId === null && !isLost) throw explained(action, error);
  if (signal.aborted) {
    save(ids);
    throw interrupted(plan, ids, error);
  }
  if (isLost) return afterLostAnswer(error, request);
  if (!(error instanceof TaskFailedError && isUnsuccessful(error.task.state))) {
    save(ids);
    throw explained(action, error, outcomeUnknown(ids));
  }
  const id = ids.id ?? (await findRemains(error, ids, request));
  if (id === null) throw explained(action, error, `No SVM was left behind. ${error.advice}`);
  save({ ...ids, id });
  throw explained(action, error, remains(id));
}

/** The id of an SVM that a failed deployment has left behind. */
async function findRemains(failure: TaskFailedError, ids: SvmIds, request: SvmCreateRequest): Promise<string | null> {
  try {
    const vm = await findByName(whereabouts(request.plan), request);
    return vm?.id ?? null;
  } catch {
    // What failed in the first place matters more than why nobody can look.
    request.save(ids);
    throw explained(`deploy the ${svmName(request.plan)}`, failure, outcomeUnknown(ids));
  }
}
