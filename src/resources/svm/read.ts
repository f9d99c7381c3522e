/** Looks at an SVM. It is gone only when an infrastructure that is connected does not have it. */
import type { ReadRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { attempt } from "../shared/errors";
import { unfinishedDeployment } from "./earlier-deployment";
import { connectionOf, look } from "./look-up";
import { warnOfNamesakes } from "./namesakes";
import { svmName } from "./placement";
import type { SvmAttributes, SvmState } from "./schema";
import { refreshed } from "./state";

type SvmReadRequest = ReadRequest<SvmAttributes, Client>;

export function read(request: SvmReadRequest): Promise<SvmState | null> {
  return attempt(`read the ${svmName(request.state)}`, () => observe(request));
}

async function observe(request: SvmReadRequest): Promise<SvmState | null> {
  const deployment = await unfinishedDeployment(request.state, request);
  const state: SvmState = {
    ...request.state,
    id: deployment?.svmId ?? request.state.id,
    ipAddress: deployment?.ipAddress ?? request.state.ipAddress,
  };
  // Until then, what a list shows or does not show of the SVM says nothing.
  if (deployment?.state === "running") return state;
  const vm = await look(state, request);
  if (vm !== undefined) {
    await warnOfNamesakes(state, vm, request);
    return refreshed(state, vm);
  }
  const connection = await connectionOf(state.infrastructureId, request);
  if (connection === "connected") return null;
  request.warn({
    summary: `The ${svmName(state)} cannot be looked at`,
    detail:
      connection === "missing"
        ? `The Integration Server does not have the connection ${state.infrastructureId} any more. The state stays as it was. If the connection was replaced, the next apply looks the SVM up under the new one.`
        : `The Integration Server is not connected to the infrastructure ${state.infrastructureId} at present, and does not list the SVM. The state stays as it was.`,
  });
  return state;
}
