/** Changes an SVM in place: the connection through which it is known, and its settings. */
import { failureOf, type VirtualMachine } from "../../integration-server";
import { DiagnosticError, type UpdateRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { attempt, explained } from "../shared/errors";
import { type Changes, changesOf, isAny, isImported } from "./changes";
import { connectionOf, findRehomed, look, lookFor, readBack } from "./look-up";
import { primaryAddress } from "./networks";
import { currentPassword } from "./passwords";
import { locationOf, placeOf, svmName } from "./placement";
import { logged } from "./progress";
import { reconfigurationOf } from "./requests";
import type { SvmAttributes, SvmState } from "./schema";
import { movedTo, observedOf, settingsOf, settle } from "./state";

type SvmUpdateRequest = UpdateRequest<SvmAttributes, Client>;

export async function update(request: SvmUpdateRequest): Promise<SvmState> {
  const { plan, state } = request;
  const isRehomed = plan.infrastructureId !== state.infrastructureId;
  const vm = isRehomed ? await rehome(request) : await lookWhereNeeded(request);
  const svmId = vm?.id ?? state.id;
  if (svmId === null) throw unidentified(state);
  requirePlace(request, vm?.parentId ?? locationOf(state).locationId);
  const changes = changesOf(state, plan, vm);
  const ipAddress = isAny(changes) ? await reconfigure(request, svmId, changes) : state.ipAddress;
  const seen = isAny(changes) ? await readBack(plan, svmId, request) : vm;
  const actual = seen === undefined ? state : observedOf(seen);
  return {
    ...settingsOf(plan),
    id: settle(plan.id, state.id, svmId),
    taskId: state.taskId,
    ipAddress: settle(plan.ipAddress, state.ipAddress, ipAddress),
    state: settle(plan.state, state.state, actual.state),
    svmVersion: settle(plan.svmVersion, state.svmVersion, actual.svmVersion),
    networkAdapters: settle(plan.networkAdapters, state.networkAdapters, actual.networkAdapters),
  };
}

/**
 * The same SVM under the new connection, which may need a moment to list it. From then on the state knows it there,
 * whatever else fails.
 */
async function rehome(request: SvmUpdateRequest): Promise<VirtualMachine> {
  const { plan, state, save, log } = request;
  const { infrastructureId } = plan;
  const action = `find the ${svmName(state)} under the connection ${infrastructureId}`;
  const { locationId } = locationOf(plan);
  const find = () => findRehomed(state, infrastructureId, locationId, request);
  const vm = await attempt(action, () => lookFor(find, request));
  if (vm === undefined) {
    const connection = await attempt(action, () => connectionOf(infrastructureId, request));
    const why =
      connection === "connected"
        ? 'The infrastructure does not list it. If the SVM does not exist any more, make Terraform forget it with "terraform state rm" and this resource\'s address: the next apply deploys it anew. If the connection leads to another infrastructure, correct infrastructure_id.'
        : "The infrastructure is not connected. Connect it, then apply again.";
    throw new DiagnosticError(`Unable to ${action}`, `${why} Nothing was changed.`, ["infrastructureId"]);
  }
  log.info("Found the SVM under its new connection", { svm: plan.name, id: vm.id, infrastructure: infrastructureId });
  save({ infrastructureId, id: vm.id, ...rehomedPlacement(request, vm) });
  return vm;
}

/** In the planned place, the new connection's ids are the planned ones; networks are for the next look to compare. */
function rehomedPlacement({ plan, state }: SvmUpdateRequest, { parentId }: VirtualMachine) {
  if (parentId !== undefined && parentId !== locationOf(plan).locationId) return movedTo(state, parentId);
  const { host, openstack } = plan;
  return {
    host: host && { ...host, networks: state.host?.networks ?? host.networks },
    openstack: openstack && { ...openstack, networks: state.openstack?.networks ?? openstack.networks },
  };
}

/** Only the ids in an imported SVM's state are nothing that its networks could be compared with. */
function lookWhereNeeded(request: SvmUpdateRequest): Promise<VirtualMachine | undefined> {
  const { state } = request;
  if (state.id !== null && !isImported(state)) return Promise.resolve(undefined);
  return attempt(`read the ${svmName(state)}`, () => look(state, request));
}

/** A place that the plan did not know may turn out to be another one, where no change in place leads. */
function requirePlace({ plan, state }: SvmUpdateRequest, locationId: string): void {
  if (locationOf(plan).locationId === locationId) return;
  const actual = placeOf({ infrastructureId: plan.infrastructureId, ...movedTo(state, locationId) });
  throw new DiagnosticError(
    `The SVM "${state.name}" has to be replaced, which was not planned`,
    `It runs on ${actual}, but shall run on ${placeOf(plan)}, which was not known when the change was planned. Nothing was changed. Plan again: the SVM will be replaced.`,
    plan.host === null ? ["openstack", "projectId"] : ["host", "id"],
  );
}

/** SVM management, "Reconfiguring deployed SVMs". Returns the address that the SVM has then. */
async function reconfigure(request: SvmUpdateRequest, svmId: string, changes: Changes): Promise<string | null> {
  const { client, config, plan, state } = request;
  const password = currentPassword(plan, config.klconfig, changes.klconfigPassword);
  let ipAddress = changes.networks ? (primaryAddress(plan) ?? null) : state.ipAddress;
  const options = logged("Reconfiguring", plan, request, {
    onSubtask: (subtask) => {
      ipAddress = subtask.ipAddress ?? ipAddress;
    },
  });
  try {
    await client.server.svms.reconfigure(reconfigurationOf(config, plan, { svmId, changes, password }), options);
  } catch (error) {
    throw explained(`reconfigure the ${svmName(plan)}`, error, adviceOn(error, changes));
  }
  request.log.info("Reconfigured the SVM", { svm: plan.name, id: svmId });
  return ipAddress;
}

function adviceOn(error: unknown, { klconfigPassword }: Changes): string | undefined {
  if (failureOf(error).effect === "none") return undefined;
  const again = "It may have taken effect. Apply again: the same settings twice do no harm.";
  return klconfigPassword
    ? `${again} If that is refused for a wrong password, klconfig has its new password already: set current_password_wo to it, too.`
    : again;
}

function unidentified(state: SvmState): DiagnosticError {
  return new DiagnosticError(
    `Unable to find the ${svmName(state)}`,
    'The state has no id for it, and no SVM of this name is listed there. Make Terraform forget it with "terraform state rm" and this resource\'s address: the next apply deploys it.',
  );
}
