/** Deployment, reconfiguration and removal: what each sends, and which of them may share a request. */
import type { NetworksForm, NetworksForms } from "./networks-form";
import type { RequestForm, SvmOperationDefinition } from "./operation";
import { deploymentBody, reconfigurationBody, removalBody } from "./request";
import type { SvmDeployment, SvmReconfiguration, SvmRemoval } from "./svm";

export function deploymentDefinition(
  concurrency: number,
  admit: NonNullable<SvmOperationDefinition<SvmDeployment>["admit"]>,
): SvmOperationDefinition<SvmDeployment> {
  return {
    method: "POST",
    // One request has one image, and its location type decides what kind of task the server makes of it.
    batchKey: ({ image: { id, localization, skipIntegrityCheck }, placement }) =>
      JSON.stringify([placement.type, id, localization, skipIntegrityCheck]),
    forms: (deployments) => [{ body: deploymentBody(deployments, concurrency) }],
    identity: ({ name, placement: { infrastructureId, locationId } }) => ({ name, infrastructureId, locationId }),
    infrastructureId: ({ placement }) => placement.infrastructureId,
    admit,
  };
}

/** Networks in a form that the caller chooses, else in the first that the server takes. */
export interface ReconfigurationSpec extends SvmReconfiguration {
  readonly networksForm?: NetworksForm | undefined;
}

export function reconfigurationDefinition(
  concurrency: number,
  networksForms: NetworksForms,
): SvmOperationDefinition<ReconfigurationSpec> {
  return {
    method: "PUT",
    batchKey: ({ target: { type }, networksForm }) => JSON.stringify([type, networksForm]),
    forms: (reconfigurations) => reconfigurationForms(reconfigurations, concurrency, networksForms),
    identity: ({ target: { svmId } }) => ({ svmId }),
    infrastructureId: ({ target }) => target.infrastructureId,
  };
}

function reconfigurationForms(
  specs: readonly ReconfigurationSpec[],
  concurrency: number,
  networksForms: NetworksForms,
): readonly RequestForm[] {
  const reconfigurations = specs.map(({ networksForm: _, ...reconfiguration }) => reconfiguration);
  const inForm = (form: NetworksForm) => reconfigurationBody(reconfigurations, concurrency, form);
  const changing = specs.find(({ target }) => target.networks !== undefined);
  // Without networks both are the same.
  if (changing === undefined) return [{ body: inForm("beside") }];
  const { networksForm: chosen, target } = changing;
  if (chosen !== undefined) return [{ body: inForm(chosen), networksForm: chosen }];
  return networksForms.of(target.type).map((networksForm) => ({
    body: inForm(networksForm),
    networksForm,
    onAccepted: () => networksForms.taken(target.type, networksForm),
  }));
}

export const removalDefinition: SvmOperationDefinition<SvmRemoval> = {
  method: "DELETE",
  batchKey: ({ target }) => target.type,
  forms: (removals) => [{ body: removalBody(removals) }],
  identity: ({ target: { svmId } }) => ({ svmId }),
  infrastructureId: ({ target }) => target.infrastructureId,
};
