/** Deployment, reconfiguration and removal: what each sends, and which of them may share a request. */

import type { SvmOperationKind } from "./operation";
import { deploymentBody, reconfigurationBody, removalBody } from "./request";
import type { SvmDeployment, SvmReconfiguration, SvmRemoval, SvmSettings } from "./svm";

export function deploymentKind(
  concurrency: number,
  admit: NonNullable<SvmOperationKind<SvmDeployment>["admit"]>,
): SvmOperationKind<SvmDeployment> {
  return {
    method: "POST",
    // One request has one image, and its location type decides what kind of task the server makes of it.
    batchKey: ({ image: { id, localization, skipIntegrityCheck }, placement }) =>
      JSON.stringify([placement.type, id, localization, skipIntegrityCheck]),
    body: (deployments) => deploymentBody(deployments, concurrency),
    secrets: passwordsIn,
    identity: ({ name, placement: { infrastructureId, locationId } }) => ({ name, infrastructureId, locationId }),
    infrastructureId: ({ placement }) => placement.infrastructureId,
    admit,
  };
}

export function reconfigurationKind(concurrency: number): SvmOperationKind<SvmReconfiguration> {
  return {
    method: "PUT",
    batchKey: ({ target }) => target.type,
    body: (reconfigurations) => reconfigurationBody(reconfigurations, concurrency),
    secrets: (reconfiguration) => [reconfiguration.currentPassword, ...passwordsIn(reconfiguration)],
    identity: ({ target: { svmId } }) => ({ svmId }),
    infrastructureId: ({ target }) => target.infrastructureId,
  };
}

export const removalKind: SvmOperationKind<SvmRemoval> = {
  method: "DELETE",
  batchKey: ({ target }) => target.type,
  body: removalBody,
  secrets: () => [],
  identity: ({ target: { svmId } }) => ({ svmId }),
  infrastructureId: ({ target }) => target.infrastructureId,
};

function passwordsIn({ root, klconfig }: SvmSettings): string[] {
  return [root?.password, klconfig?.password].filter((password) => password !== undefined);
}
