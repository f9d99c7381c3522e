/** Deploys an SVM, and knows after every failure whether there is one now. */
import {
  type DeployedSvm,
  failureOf,
  isNotFound,
  isUnsuccessful,
  type SvmDeployment,
  SvmExistsError,
  type SvmOperationOptions,
  TaskFailedError,
} from "../../integration-server";
import type { Left } from "../../journal";
import type { Work } from "../../notes";
import type { CreateRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { explained } from "../shared/errors";
import { noted } from "../shared/noted";
import { adoptExisting } from "./adopt-existing";
import { existsAlready, foreign, interrupted, outcomeUnknown, remains } from "./create-errors";
import { DeploymentEntry } from "./deployment-entry";
import { isLeaving } from "./earlier-removal";
import { adoptEarlier } from "./earlier-run";
import { afterForgottenTask, afterLostAnswer } from "./lost-answer";
import { briefName, learnNamesAfter, svmName } from "./naming";
import { whereabouts } from "./placement";
import { logFailure, logged, svmSubject } from "./progress";
import { deploymentOf } from "./requests";
import type { SvmAttributes, SvmState } from "./schema";
import { readBack } from "./seeing";
import { deployedState, type SvmIds } from "./state";

type SvmCreateRequest = CreateRequest<SvmAttributes, Client>;

/** What there is at the end, and how it came to be there. */
interface Created {
  readonly state: SvmState;
  readonly how: "created" | "taken over";
}

/** A request, and the notes of what is done about it. */
interface Noted {
  readonly request: SvmCreateRequest;
  readonly work: Work;
}

export async function create(request: SvmCreateRequest): Promise<SvmState> {
  const subject = svmSubject("deploy", request.plan, request);
  const { state } = await noted(request, subject, (work) => createNoted(request, work), outcome);
  return state;
}

function outcome({ state: { id, ipAddress }, how }: Created): string {
  const address = ipAddress === null ? "" : `, address ${ipAddress}`;
  return `${how}, id ${id}${address}`;
}

async function createNoted(request: SvmCreateRequest, work: Work): Promise<Created> {
  const { config, plan, log } = request;
  const earlier = await adoptEarlier(request, work);
  if (earlier.is === "adopted") return { state: earlier.state, how: "taken over" };
  const adopts = plan.onExisting === "adopt";
  const thoroughly = earlier.thoroughly || adopts;
  const entry = new DeploymentEntry(request);
  let ids: SvmIds = { id: null, taskId: null, ipAddress: null };
  const learn = (news: Partial<SvmIds>) => {
    ids = { ...ids, ...news };
    entry.note(ids);
  };
  const options = logged("deploying", plan, request, work, {
    onLeaving: () => entry.begin(),
    onTask: (taskId) => learn({ taskId }),
    onSubtask: ({ svmId, ipAddress }) => learn({ id: svmId ?? ids.id, ipAddress: ipAddress ?? ids.ipAddress }),
  });
  try {
    const { svmId } = await deploy({ ...deploymentOf(config, plan), thoroughly }, options, { request, work });
    const id = await ownId(svmId, request);
    learn({ id });
    if (id === null) throw foreign(svmId, ids, request);
    log.info(`${briefName(plan, request)}: deployed`, { svm: plan.name, id });
    return { state: deployedState(plan, ids, await readBack(plan, id, null, request)), how: "created" };
  } catch (error) {
    await learnNamesAfter(error, plan, request);
    if (adopts && error instanceof SvmExistsError) {
      return { state: await adoptExisting(error, request), how: "taken over" };
    }
    return { state: await afterFailure(error, ids, entry, { request, work }), how: "taken over" };
  }
}

/** A namesake that is about to go is waited for: its name passes to this one. */
async function deploy(
  deployment: SvmDeployment,
  options: SvmOperationOptions,
  { request, work }: Noted,
): Promise<DeployedSvm> {
  const { svms } = request.client.server;
  for (const awaited = new Set<string>(); ; ) {
    try {
      return await svms.deploy(deployment, options);
    } catch (error) {
      if (!(error instanceof SvmExistsError) || awaited.has(error.svm.id)) throw error;
      awaited.add(error.svm.id);
      if (!(await isLeaving(error.svm, request.plan, request, work))) throw error;
    }
  }
}

/** A task may name a machine that is not ours: then the SVM is the one of its name in its place. */
async function ownId(named: string, { client, plan, signal }: SvmCreateRequest): Promise<string | null> {
  const { judge } = client.server;
  const place = whereabouts(plan);
  // What was deployed is no failure because nobody can look at it now.
  const look = (id: string | null) => judge.listed({ ...place, id }, { signal }).catch(() => undefined);
  const listed = await look(named);
  if (listed?.is === "another") return (await judge.appearance(place, { signal }))?.id ?? null;
  if (listed !== undefined) return named;
  // The name was free before, so whoever has it now is ours. Lists lag: where nobody has it, the task is believed.
  const ours = await look(null);
  return ours?.is === "there" ? ours.vm.id : named;
}

/** Saves what exists or may exist. What certainly does not leaves no state, so that the next apply starts anew. */
async function afterFailure(
  error: unknown,
  ids: SvmIds,
  entry: DeploymentEntry,
  { request, work }: Noted,
): Promise<SvmState> {
  const { plan, save, signal } = request;
  logFailure("deploying", plan, error, request);
  const action = `deploy the ${svmName(plan, request)}`;
  const isLost = ids.taskId === null && failureOf(error).effect === "unknown";
  if (error instanceof SvmExistsError) throw existsAlready(error, request);
  if (ids.taskId === null && !isLost) {
    entry.endUnlessUncertain(error);
    throw explained(action, error);
  }
  const leave = (left: SvmIds, how: Left): void => {
    save(left);
    entry.leave(left, how);
  };
  if (signal.aborted) {
    leave(ids, "unfinished");
    throw interrupted(error, ids, { ...request, started: entry.started });
  }
  if (isLost) return afterLostAnswer(error, entry, request, work);
  const forgotten = isNotFound(error) ? await afterForgottenTask(ids, request) : undefined;
  if (forgotten !== undefined) return forgotten;
  if (!(error instanceof TaskFailedError && isUnsuccessful(error.task.state))) {
    leave(ids, "unfinished");
    throw explained(action, error, outcomeUnknown(ids));
  }
  const found = await findRemains(ids, request);
  if (found.is === "none") {
    entry.end();
    throw explained(action, error, `No SVM was left behind. ${error.advice}`);
  }
  const left = { ...ids, id: found.id };
  leave(left, "failed");
  // What failed in the first place matters more than why nobody can look.
  throw explained(action, error, found.is === "there" ? remains(found.id) : outcomeUnknown(left));
}

type FoundRemains =
  | { readonly is: "none" }
  | { readonly is: "there"; readonly id: string }
  | { readonly is: "unknown"; readonly id: string | null };

/** What a failed deployment has left behind. */
async function findRemains({ id }: SvmIds, { client, plan, signal }: SvmCreateRequest): Promise<FoundRemains> {
  const find = (id: string | null) =>
    client.server.judge.find({ ...whereabouts(plan), id }, { fresh: true, signal }).catch(() => undefined);
  const finding = await find(id);
  // The task has named a machine that is not ours.
  const isMisled = finding?.is === "another";
  const ours = isMisled ? await find(null) : finding;
  if (ours?.is === "there") return { is: "there", id: ours.vm.id };
  return ours?.is === "gone" ? { is: "none" } : { is: "unknown", id: isMisled ? null : id };
}
