/**
 * Where a reconfiguration has the networks. The documents contradict themselves (SVM management, "SVM reconfiguration
 * request" and its OpenStack variant): the text of both has them inside of `deploymentInfo`, and so has the sample for
 * hypervisors, while the sample for OpenStack has them beside it. A server may refuse the other form, or ignore it.
 */
import type { SvmLocationType } from "./svm";

export type NetworksForm = "inside" | "beside";

/** What each section's own sample shows. */
const DOCUMENTED: Readonly<Record<SvmLocationType, NetworksForm>> = { host: "inside", openstackProject: "beside" };

export function otherForm(form: NetworksForm): NetworksForm {
  return form === "inside" ? "beside" : "inside";
}

/** What is known of one server. */
export class NetworksForms {
  readonly #taken = new Map<SvmLocationType, NetworksForm>();

  /** The one that the server has taken, else both in the order in which they are worth trying. */
  of(type: SvmLocationType): readonly NetworksForm[] {
    const taken = this.#taken.get(type);
    return taken === undefined ? [DOCUMENTED[type], otherForm(DOCUMENTED[type])] : [taken];
  }

  /** To be told of what the server has accepted, and again of what has turned out to take effect. */
  taken(type: SvmLocationType, form: NetworksForm): void {
    this.#taken.set(type, form);
  }
}
