/** Takes over an SVM that Terraform did not deploy. What the API cannot read back, the configuration says. */
import { type Infrastructure, isNotFound, type VirtualMachine } from "../../integration-server";
import { DiagnosticError, type ImportRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { explained } from "../shared/errors";
import { isOpenstackType } from "../shared/schema/infrastructure-types";
import { observedHostNetworks, observedOpenstackNetworks } from "./adapters";
import type { Placed } from "./placement";
import type { SvmState } from "./schema";
import { observedOf } from "./state";

const ID = /^([^/]+)\/(.+)$/;

export async function importState({ id, client, signal }: ImportRequest<Client>): Promise<SvmState> {
  const [, infrastructureId, svmId] = ID.exec(id) ?? [];
  if (infrastructureId === undefined || svmId === undefined) {
    throw new DiagnosticError(
      "Invalid import id",
      `The import id of an SVM is "<infrastructure id>/<SVM id>", got: "${id}".`,
    );
  }
  const unable = (why: string) => new DiagnosticError(`Unable to import the SVM ${id}`, why);
  try {
    const infrastructure = await client.server.infrastructures.get(infrastructureId, { signal });
    const svm = { infrastructureId, svmId };
    // Many are imported at a time: only one that is not listed yet needs a list of its own.
    const vm =
      (await client.server.svms.get(svm, { signal })) ?? (await client.server.svms.get(svm, { fresh: true, signal }));
    if (vm === undefined) {
      throw unable(
        `The infrastructure ${infrastructureId} has no SVM with the id ${svmId}. The data source ksvla_infrastructure_objects with types = ["SVM"] lists those that there are.`,
      );
    }
    return importedState(infrastructure, vm);
  } catch (error) {
    if (!isNotFound(error)) throw explained(`import the SVM ${id}`, error);
    throw unable(`The Integration Server has no infrastructure with the id ${infrastructureId}.`);
  }
}

function importedState(infrastructure: Infrastructure, vm: VirtualMachine): SvmState {
  return {
    name: vm.name,
    infrastructureId: infrastructure.id,
    imageId: null,
    localization: null,
    skipIntegrityCheck: null,
    ...placementOf(infrastructure, vm),
    ksc: null,
    dns: null,
    root: null,
    klconfig: null,
    timeouts: null,
    id: vm.id,
    ...observedOf(vm),
    ipAddress: null,
    taskId: null,
  };
}

function placementOf(
  { type }: Infrastructure,
  { parentId = "", networkAdapters }: VirtualMachine,
): Pick<Placed, "host" | "openstack"> {
  if (!isOpenstackType(type)) {
    const networks = observedHostNetworks([], networkAdapters);
    return { host: { id: parentId, storageId: null, networks }, openstack: null };
  }
  return {
    host: null,
    openstack: {
      projectId: parentId,
      flavorId: null,
      volumeTypeId: null,
      availabilityZone: null,
      serverGroupId: null,
      networks: observedOpenstackNetworks({ networks: [] }, networkAdapters),
    },
  };
}
