/** Takes over an SVM that Terraform did not deploy. What the API cannot read back, the configuration says. */
import { type Infrastructure, isNotFound, type VirtualMachine } from "../../integration-server";
import { type Context, DiagnosticError, type ImportRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { explained } from "../shared/errors";
import { isOpenstackType } from "../shared/schema/infrastructure-types";
import { observedHostNetworks, observedOpenstackNetworks } from "./adapters";
import type { SvmState } from "./schema";
import { seenIn } from "./seeing";
import { observedOf, type Seen } from "./state";

const ID = /^([^/]+)\/(.+)$/;

export async function importState(request: ImportRequest<Client>): Promise<SvmState> {
  const { id, client, signal } = request;
  const [, infrastructureId, svmId] = ID.exec(id) ?? [];
  if (infrastructureId === undefined || svmId === undefined) {
    throw new DiagnosticError(
      "Invalid import id",
      `The import id of an SVM is "<infrastructure id>/<SVM id>", got: "${id}". The data source ksvla_infrastructure_objects with types = ["SVM"] lists both.`,
    );
  }
  const { infrastructures, judge } = client.server;
  const unable = (why: string) => new DiagnosticError(`Unable to import the SVM "${id}"`, why);
  try {
    const infrastructure = await infrastructures.get(infrastructureId, { signal });
    const found = await judge.identify(infrastructureId, svmId, signal);
    if (found.is === "uncertain") throw unable(CANNOT_TELL);
    if (found.is !== "there") {
      throw unable(
        `The infrastructure "${infrastructureId}" has no SVM with the id "${svmId}". The data source ksvla_infrastructure_objects with types = ["SVM"] lists those that there are.`,
      );
    }
    const state = await importedState(infrastructure, found.vm, request);
    if (state === undefined) throw unable("No OpenStack project that the Integration Server lists has it.");
    return state;
  } catch (error) {
    if (!isNotFound(error)) throw explained(`import the SVM "${id}"`, error);
    throw unable(`The Integration Server has no infrastructure with the id "${infrastructureId}".`);
  }
}

const CANNOT_TELL =
  "The Integration Server is not connected to the infrastructure, or not for long enough to tell whether there is such an SVM. Connect it, then try again.";

/** The state of an SVM that Terraform did not deploy; undefined for one that no OpenStack project has. */
export async function importedState(
  infrastructure: Infrastructure,
  vm: VirtualMachine,
  context: Context<Client>,
): Promise<SvmState | undefined> {
  const seen = await seenIn(vm, infrastructure.id, null, context);
  if (!isOpenstackType(infrastructure.type)) return importedStateIn(infrastructure.id, seen);
  const projectId = await context.client.server.judge.places.projectOf(infrastructure.id, vm, context.signal);
  return projectId === undefined ? undefined : importedStateIn(infrastructure.id, seen, projectId);
}

/** The same where its place is known: the OpenStack project, or without one the hypervisor that it is on. */
export function importedStateIn(infrastructureId: string, seen: Seen, projectId?: string): SvmState {
  return stateOf(infrastructureId, seen, projectId === undefined ? onHost(seen) : inProject(projectId, seen));
}

function stateOf(infrastructureId: string, { vm, runningOn }: Seen, placement: Placement): SvmState {
  return {
    name: vm.name,
    infrastructureId,
    imageId: null,
    localization: null,
    skipIntegrityCheck: null,
    onExisting: null,
    ...placement,
    ksc: null,
    dns: null,
    root: null,
    klconfig: null,
    settingsVersion: null,
    timeouts: null,
    id: vm.id,
    ...observedOf(vm),
    ipAddress: null,
    runningOn,
    taskId: null,
  };
}

type Placement = Pick<SvmState, "host" | "openstack">;

function onHost({ vm: { parentId = "", networkAdapters } }: Seen): Placement {
  return {
    host: { id: parentId, storageId: null, networks: observedHostNetworks([], networkAdapters) },
    openstack: null,
  };
}

function inProject(projectId: string, { vm: { networkAdapters } }: Seen): Placement {
  const networks = observedOpenstackNetworks({ networks: [] }, networkAdapters);
  const unread = { flavorId: null, volumeTypeId: null, availabilityZone: null, serverGroupId: null };
  return { host: null, openstack: { projectId, ...unread, networks } };
}
