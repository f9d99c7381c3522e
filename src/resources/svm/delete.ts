/** Removes an SVM; one that is already gone is a success. */
import { failureOf } from "../../integration-server";
import { type DeleteRequest, DiagnosticError } from "../../terraform";
import type { Client } from "../shared/client";
import { attempt, explained } from "../shared/errors";
import { unfinishedDeployment, untilEnded } from "./earlier-deployment";
import { connectionOf, look, lookFor } from "./look-up";
import { locationOf, svmName } from "./placement";
import { logged } from "./progress";
import type { SvmAttributes, SvmState } from "./schema";

type SvmDeleteRequest = DeleteRequest<SvmAttributes, Client>;

export async function remove(request: SvmDeleteRequest): Promise<void> {
  const action = `remove the ${svmName(request.state)}`;
  const state = await attempt(action, () => afterDeployment(request));
  const vm = await attempt(action, () => look(state, request));
  if (vm === undefined) return attempt(action, () => mustBeGone(state, request));
  const { client, log } = request;
  const target = { ...locationOf(state), locationId: vm.parentId ?? locationOf(state).locationId, svmId: vm.id };
  try {
    await client.server.svms.remove({ target }, logged("Removing", state, request));
  } catch (error) {
    if (await isGone({ ...state, id: vm.id }, error, request)) return;
    throw explained(action, error, failureOf(error).effect === "unknown" ? STILL_THERE : undefined);
  }
  log.info("Removed the SVM", { svm: state.name, id: vm.id });
}

const STILL_THERE = "The SVM is still listed; its removal may be under way all the same. Apply again to make sure.";

/** An SVM that is still being deployed cannot be removed; waits until it is there, or certainly is not. */
async function afterDeployment(request: SvmDeleteRequest): Promise<SvmState> {
  const { state } = request;
  const deployment = await unfinishedDeployment(state, request);
  if (deployment === undefined) return state;
  let id = deployment.svmId ?? state.id;
  if (deployment.state !== "running") return { ...state, id };
  await untilEnded(deployment.taskId, state, "Waiting for the end of the deployment of", request, {
    onSubtask: ({ svmId }) => {
      id = svmId ?? id;
    },
  });
  return { ...state, id };
}

/** Not being listed proves something only where the infrastructure is connected. */
async function mustBeGone(state: SvmState, request: SvmDeleteRequest): Promise<void> {
  const connection = await connectionOf(state.infrastructureId, request);
  if (connection === "connected") {
    request.log.info("The SVM is already gone", { svm: state.name, id: state.id });
    return;
  }
  const why =
    connection === "missing"
      ? `The Integration Server does not have the connection ${state.infrastructureId} any more, so it cannot reach the SVM. If the connection was replaced, put the SVM's configuration back and apply first: the SVM then follows to the new connection, and can be removed.`
      : `The Integration Server is not connected to the infrastructure ${state.infrastructureId} at present, and does not list the SVM.`;
  throw new DiagnosticError(
    `Unable to remove the ${svmName(state)}`,
    `${why} Connect the infrastructure again, then apply again. If the SVM is known to be gone, or shall stay, make Terraform forget it with "terraform state rm" and this resource's address.`,
  );
}

/** Whether the SVM has gone although its removal was not seen to end well. */
async function isGone(state: SvmState, error: unknown, request: SvmDeleteRequest): Promise<boolean> {
  if (request.signal.aborted) return false;
  const listed = () => look(state, request, { fresh: true });
  try {
    if ((await connectionOf(state.infrastructureId, request)) !== "connected") return false;
    if (failureOf(error).effect === "none") return (await listed()) === undefined;
    return (await lookFor(async () => ((await listed()) === undefined ? true : undefined), request)) === true;
  } catch {
    return false;
  }
}
