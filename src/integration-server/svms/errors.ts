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
