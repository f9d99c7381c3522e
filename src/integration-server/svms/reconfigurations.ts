/** Reconfigurations, and whether they have had the networks that they should. */
import type { VirtualMachine } from "../infrastructures/objects";
import type { Observations } from "../infrastructures/observation";
import { sleep } from "../waiting/clock";
import { NetworksKeptError } from "./errors";
import { withId } from "./listed";
import { NetworksForms, otherForm } from "./networks-form";
import { SvmOperation, type SvmOperationContext } from "./operation";
import { type ReconfigurationSpec, reconfigurationDefinition } from "./operation-definitions";
import type { SvmOperationOptions, SvmReconfiguration } from "./svm";

export interface ReconfigurationOptions extends SvmOperationOptions {
  /**
   * Whether an SVM shows the networks that are sent. Only for networks whose change can be seen, which is what is waited
   * for as long as the server takes to notice it. @default nobody can tell
   */
  readonly hasNetworks?: ((vm: VirtualMachine) => boolean) | undefined;
}

export class Reconfigurations {
  readonly #context: SvmOperationContext;
  readonly #observations: Observations;
  readonly #forms = new NetworksForms();
  readonly #operation: SvmOperation<ReconfigurationSpec>;

  constructor(context: SvmOperationContext, concurrency: number, observations: Observations) {
    this.#context = context;
    this.#observations = observations;
    this.#operation = new SvmOperation(reconfigurationDefinition(concurrency, this.#forms), context);
  }

  /**
   * Networks that the server has ignored are sent once more, in the other form of the documents.
   *
   * @throws NetworksKeptError
   */
  async run(reconfiguration: SvmReconfiguration, { hasNetworks, ...options }: ReconfigurationOptions): Promise<void> {
    const { networksForm: ignored } = await this.#operation.run(reconfiguration, options);
    if (ignored === undefined || hasNetworks === undefined) return;
    const { target } = reconfiguration;
    const kept = await this.#without(hasNetworks, reconfiguration, options.signal);
    if (kept === undefined) return;
    const networksForm = otherForm(ignored);
    try {
      await this.#operation.run({ ...networksOf(reconfiguration), networksForm }, options);
    } catch (cause) {
      throw new NetworksKeptError(target.svmId, kept, { cause });
    }
    const still = await this.#without(hasNetworks, reconfiguration, options.signal);
    if (still !== undefined) throw new NetworksKeptError(target.svmId, still);
    this.#forms.taken(target.type, networksForm);
  }

  /**
   * The SVM as the server has seen it since, if it does not have its networks. Undefined, too, where nobody can see it: what
   * has succeeded must not fail for that.
   */
  async #without(
    hasNetworks: (vm: VirtualMachine) => boolean,
    { target: { infrastructureId, svmId } }: SvmReconfiguration,
    signal: AbortSignal | undefined,
  ): Promise<VirtualMachine | undefined> {
    const { clock, lists } = this.#context;
    const look = async () => {
      const svms = await lists.of(infrastructureId).read({ fresh: true, signal });
      const vm = withId(svms, svmId);
      return vm === undefined || hasNetworks(vm) ? undefined : vm;
    };
    try {
      if ((await look()) === undefined) return undefined;
      await sleep(clock, this.#observations.of(infrastructureId).period, signal);
      return await look();
    } catch {
      return undefined;
    }
  }
}

/** The rest has taken effect; where that was another password, the SVM has it by now. */
function networksOf({ target, dns, klconfig, currentPassword }: SvmReconfiguration): SvmReconfiguration {
  return { target, dns, currentPassword: klconfig?.password ?? currentPassword };
}
