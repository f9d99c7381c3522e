/** Changes an SVM in place: the connection through which it is known, and its settings. */
import type { VirtualMachine } from "../../integration-server";
import { isSameId } from "../../integration-server/ids";
import { DiagnosticError, type UpdateRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { attempt } from "../shared/errors";
import { changesOf, isAny } from "./changes";
import { findKnown } from "./earlier-removal";
import { placeOf, svmName } from "./naming";
import { primaryAddress } from "./networks";
import { locationOf } from "./placement";
import { placementConflicts } from "./placement-changes";
import { reconfigure } from "./reconfigure";
import { follow } from "./rehoming";
import type { SvmAttributes, SvmPlan, SvmState } from "./schema";
import { readBack } from "./seeing";
import { isImported, observedOf, settingsOf, settle } from "./state";
import { reason, reused } from "./warnings";

export type SvmUpdateRequest = UpdateRequest<SvmAttributes, Client>;

export async function update(request: SvmUpdateRequest): Promise<SvmState> {
  const { plan, state, save } = request;
  const followed = isSameId(plan.infrastructureId, state.infrastructureId) ? undefined : await follow(request);
  requirePlace(request, (followed ?? state).runningOn?.id ?? undefined);
  if (followed !== undefined) save(placementUnder(request));
  const { runningOn } = followed ?? state;
  // Under another connection, and after an import, ids in the state are nothing that networks could be compared with.
  const mustLook = state.id === null || isImported(state);
  const compared = followed?.vm ?? (mustLook ? await present(request) : undefined);
  const changes = changesOf(state, plan, compared);
  if (!isAny(changes)) return updated(request, { svmId: compared?.id ?? state.id, vm: compared, runningOn });
  const vm = compared ?? (await present(request));
  const ipAddress = await reconfigure(request, vm, changes);
  const seen = await readBack(plan, vm.id, runningOn, request);
  return updated(request, { svmId: vm.id, vm: seen?.vm, runningOn: seen?.runningOn ?? runningOn, ipAddress });
}

interface Now extends Pick<SvmState, "runningOn"> {
  readonly svmId: string | null;
  /** Undefined where it was not looked at. */
  readonly vm: VirtualMachine | undefined;
  /** @default as it was */
  readonly ipAddress?: string | null;
}

function updated({ plan, state }: SvmUpdateRequest, now: Now): SvmState {
  const actual = now.vm === undefined ? state : observedOf(now.vm);
  return {
    ...settingsOf(plan),
    id: settle(plan.id, state.id, now.svmId),
    taskId: state.taskId,
    ipAddress: settle(plan.ipAddress, state.ipAddress, addressNow(plan, state, now)),
    state: settle(plan.state, state.state, actual.state),
    svmVersion: settle(plan.svmVersion, state.svmVersion, actual.svmVersion),
    networkAdapters: settle(plan.networkAdapters, state.networkAdapters, actual.networkAdapters),
    runningOn: settle(plan.runningOn, state.runningOn, now.runningOn),
  };
}

/** What nobody has reported is known where it is a fixed one, as it is taken over after an import. */
function addressNow(plan: SvmPlan, state: SvmState, now: Now): string | null {
  const reported = now.ipAddress === undefined ? state.ipAddress : now.ipAddress;
  return reported ?? primaryAddress(plan) ?? null;
}

/** The new connection's ids are the planned ones from now on; networks are for the next look to compare. */
function placementUnder({ plan: { host, openstack }, state }: SvmUpdateRequest): Pick<SvmState, "host" | "openstack"> {
  return {
    host: host && { ...host, networks: state.host?.networks ?? host.networks },
    openstack: openstack && { ...openstack, networks: state.openstack?.networks ?? openstack.networks },
  };
}

/** The SVM as it is now. */
async function present(request: SvmUpdateRequest): Promise<VirtualMachine> {
  const { state } = request;
  const action = `find the ${svmName(state, request)}`;
  const finding = await attempt(action, () => findKnown(state, request, { patiently: true }));
  const unable = (why: string) => new DiagnosticError(`Unable to ${action}`, `${why} Nothing was changed.`);
  switch (finding.is) {
    case "there":
      return finding.vm;
    case "gone":
      throw unable("It does not exist any more. Plan again: the SVM will be deployed.");
    case "another":
      throw unable(`${reused(state, finding.vm, request).detail} Plan again: the SVM will be deployed.`);
    case "being deployed":
      throw unable("It is being deployed. Wait for that, then apply again.");
    case "uncertain":
      throw unable(reason(state, finding.why, request));
  }
}

/** A place that the plan did not know may turn out to be another one, where no change in place leads. */
function requirePlace(request: SvmUpdateRequest, runsOn: string | undefined): void {
  const { client, plan, state } = request;
  const [conflict] = placementConflicts(state, plan, runsOn);
  if (conflict === undefined) return;
  const isMoved = conflict.at(-1) === "id" && runsOn !== undefined;
  const there = isMoved && client.server.names.place({ ...locationOf(plan), locationId: runsOn });
  const why = isMoved ? `It runs on ${there}, but` : "By this attribute, it";
  const orKeep = isMoved ? ` To keep it, set host.id to "${runsOn}".` : "";
  throw new DiagnosticError(
    `The SVM "${state.name}" has to be replaced, which was not planned`,
    `${why} shall run on ${placeOf(plan, request)} with another placement than it was given, which was not known when the change was planned. Nothing was changed. Plan again: the SVM will be replaced.${orKeep}`,
    conflict,
  );
}
