/** An SVM in the journal: what it is known by before it has an id, and how it is deployed. */
import type { VirtualMachine } from "../../integration-server";
import { canonicalId } from "../../integration-server/ids";
import { type Entry, type Fingerprint, fingerprintOf, type Journal, type Making, type Removing } from "../../journal";
import type { Context } from "../../terraform";
import type { Client } from "../shared/client";
import { svmName } from "./naming";
import { importId, type Placed, whereabouts } from "./placement";
import type { SvmPlan, SvmState } from "./schema";

export function makingOf(placed: Placed): Making {
  const { type, infrastructureId, locationId, name } = whereabouts(placed);
  return {
    kind: "svm",
    place: {
      infrastructure: canonicalId(infrastructureId),
      [type]: canonicalId(locationId),
      name: name.normalize("NFC"),
    },
  };
}

/** Image and place cannot be changed; passwords are known by their versions. */
export function fingerprint(plan: SvmPlan): Fingerprint {
  const { imageId, host, openstack, settingsVersion, ksc, dns, root, klconfig } = plan;
  const { networks: hostNetworks, ...onHost } = host ?? {};
  const { networks: projectNetworks, ...inProject } = openstack ?? {};
  return fingerprintOf({
    identity: { imageId: canonicalId(imageId), onHost: canonicalIds(onHost), inProject: canonicalIds(inProject) },
    settings: {
      settingsVersion,
      networks: hostNetworks ?? projectNetworks,
      ksc,
      dns,
      root: { allowSsh: root?.allowSsh, version: root?.passwordWoVersion },
      klconfig: klconfig?.passwordWoVersion,
    },
  });
}

/** The zone is a name. */
function canonicalIds(placement: object): object {
  const entries = Object.entries(placement).map(([name, id]) => {
    const isId = typeof id === "string" && name !== "availabilityZone";
    return [name, isId ? canonicalId(id) : id];
  });
  return Object.fromEntries(entries);
}

/** What an SVM is called in the journal once it has an id. */
export function journalId({ infrastructureId, id }: Pick<SvmState, "infrastructureId" | "id">): string | undefined {
  return id === null ? undefined : importId(infrastructureId, id);
}

/** Whether no more is known of an SVM than that this workspace has asked for it: then its entry tells what to make of that. */
export function isOnlyBegun(state: SvmState, journal: Journal): boolean {
  if (state.id !== null || state.taskId !== null) return false;
  return journal.earlierStanding(makingOf(state)) === "unanswered";
}

/** There is no such SVM any more. */
export function forget(state: SvmState, journal: Journal): void {
  const id = journalId(state);
  if (id !== undefined) journal.gone("svm", id);
  if (state.taskId !== null) journal.goneTask(makingOf(state), state.taskId);
}

/** Terraform plans with an SVM that it does not have as tainted, or has not any more. */
export function keep(state: SvmState, journal: Journal): void {
  const id = journalId(state);
  if (id !== undefined) journal.keep("svm", id);
  if (state.taskId !== null) journal.keepTask(makingOf(state), state.taskId);
}

/** An SVM whose removal is about to be sent. */
export function removingOf(
  state: Placed,
  { id }: Pick<VirtualMachine, "id">,
  context: Pick<Context<Client>, "client">,
): Removing {
  return { kind: "svm", id: importId(state.infrastructureId, id), name: svmName(state, context) };
}

/** The SVM is known through another connection from now on. */
export function leaveId(state: Pick<SvmState, "infrastructureId" | "id">, journal: Journal): void {
  const id = journalId(state);
  if (id !== undefined) journal.leaveId("svm", id);
}

/** The SVM's own id in an entry. */
export function svmIdIn({ id }: Entry, { infrastructureId }: Placed): string | null {
  return id === undefined ? null : id.slice(importId(infrastructureId, "").length);
}
