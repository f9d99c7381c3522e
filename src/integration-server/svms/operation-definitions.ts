/** Deployment, reconfiguration and removal: what each sends, and which of them may share a request. */
import type { SvmOperationDefinition } from "./operation";
import { deploymentBody, reconfigurationBody, removalBody } from "./request";
import type { SvmDeployment, SvmReconfiguration, SvmRemoval, SvmSettings } from "./svm";

export function deploymentDefinition(
  concurrency: number,
  admit: NonNullable<SvmOperationDefinition<SvmDeployment>["admit"]>,
): SvmOperationDefinition<SvmDeployment> {
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

export function reconfigurationDefinition(concurrency: number): SvmOperationDefinition<SvmReconfiguration> {
  return {
    method: "PUT",
    batchKey: ({ target }) => target.type,
    body: (reconfigurations) => reconfigurationBody(reconfigurations, concurrency),
    secrets: (reconfiguration) => [reconfiguration.currentPassword, ...passwordsIn(reconfiguration)],
    identity: ({ target: { svmId } }) => ({ svmId }),
    infrastructureId: ({ target }) => target.infrastructureId,
  };
}

export const removalDefinition: SvmOperationDefinition<SvmRemoval> = {
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
