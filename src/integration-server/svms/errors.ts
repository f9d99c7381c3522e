/** What can go wrong with an SVM, beside its call and its task. */
import { IntegrationServerError } from "../http/errors";
import type { VirtualMachine } from "../infrastructures/objects";
import type { SvmLocation } from "./svm";

/** There is an SVM of that name already. Nothing was sent. */
export class SvmExistsError extends IntegrationServerError {
  readonly name = "SvmExistsError";
  readonly advice = "Choose another name, or take over the existing SVM.";

  constructor(
    readonly svm: VirtualMachine,
    readonly location: SvmLocation,
  ) {
    const { type, locationId, infrastructureId } = location;
    const place = type === "host" ? "hypervisor" : "OpenStack project";
    super(
      `An SVM named "${svm.name}" already exists (id ${svm.id}) in ${place} ${locationId} of infrastructure ${infrastructureId}`,
    );
  }
}

/** The infrastructure is not connected, so nobody can tell what is there. Nothing was sent. */
export class ConnectionDownError extends IntegrationServerError {
  readonly name = "ConnectionDownError";
  readonly advice = "Connect it again, then try again.";

  constructor(readonly infrastructureId: string) {
    super(
      `The Integration Server is not connected to the infrastructure ${infrastructureId}: its connection has failed`,
    );
  }
}
