/**
 * An SVM that is there already and that the user permits to take over. It is somebody else's until everything has gone well:
 * what fails leaves no state, so that Terraform never taints it, and never removes it.
 */
import { failureOf, type SvmExistsError, TaskFailedError, type VirtualMachine } from "../../integration-server";
import { type CreateRequest, DiagnosticError } from "../../terraform";
import type { Client } from "../shared/client";
import { explained } from "../shared/errors";
import { heldAlready } from "../shared/journal";
import { hclString, importingBy } from "../shared/pasting";
import { briefName, svmName } from "./naming";
import { importId } from "./placement";
import { sendAll } from "./reconfigure";
import type { SvmAttributes, SvmPlan, SvmState } from "./schema";
import { readBack } from "./seeing";
import { deployedState } from "./state";

type SvmCreateRequest = CreateRequest<SvmAttributes, Client>;

export async function adoptExisting({ svm: vm }: SvmExistsError, request: SvmCreateRequest): Promise<SvmState> {
  const { client, plan, log, warn } = request;
  const id = importId(plan.infrastructureId, vm.id);
  refuse(vm, id, request);
  log.info(`${briefName(plan, request)}: is there already, and is taken over`, { svm: plan.name, id });
  const ipAddress = await configure(vm, id, request);
  client.journal.give("svm", id);
  warn({
    summary: `The ${svmName(plan, request)} was taken over`,
    detail: `It existed already (import id ${hclString(id)}), and on_existing (onExisting in CDKTF) permits to take it over. It was sent all settings. Its storage, or flavor, and its image are taken on trust.`,
  });
  return deployedState(plan, { id: vm.id, taskId: null, ipAddress }, await readBack(plan, vm.id, null, request));
}

/** What must not be taken over whatever on_existing says. */
function refuse(vm: VirtualMachine, id: string, request: SvmCreateRequest): void {
  const { plan } = request;
  const { journal } = request.client;
  const name = svmName(plan, request);
  const holder = journal.holderOf("svm", id);
  if (holder !== undefined) throw heldAlready(name, id, holder, journal.heldFile);
  const version = journal.factsOf("image", plan.imageId)?.["svmVersion"] ?? undefined;
  if (version === undefined || vm.svmVersion === undefined || vm.svmVersion === version) return;
  throw new DiagnosticError(
    `Unable to take over the ${name}`,
    `It has the version ${vm.svmVersion}, while the image has ${version}. Nothing was changed. Remove it, so that it is deployed from the image; or give the new one another name, as upgrades that keep protecting do; or import it to manage it as it is: ${importingBy(id)}.`,
    ["imageId"],
  );
}

async function configure(vm: VirtualMachine, id: string, request: SvmCreateRequest): Promise<string | null> {
  const { plan, signal } = request;
  try {
    return await sendAll(request, vm);
  } catch (error) {
    const action = `take over the ${svmName(plan, request)}`;
    const isAtWork = signal.aborted || error instanceof TaskFailedError || failureOf(error).effect === "unknown";
    if (!isAtWork) throw explained(action, error, `Nothing was changed. ${RIGHT_PASSWORD}`);
    const whatNow = `${RIGHT_PASSWORD} If it was not, nothing was changed. Otherwise these may have been: ${sent(plan)}. The SVM is in no state, and nobody removes it: apply again, or import it: ${importingBy(id)}.`;
    const read = explained(action, error, whatNow);
    throw read === error ? new DiagnosticError(`Unable to ${action}`, whatNow, undefined, { cause: error }) : read;
  }
}

const RIGHT_PASSWORD =
  "klconfig.password_wo (klconfig.password in CDKTF) has to be the configuration password that the SVM has.";

/** What a reconfiguration sends, in the words of the configuration. */
function sent({ ksc, dns, root, klconfig }: SvmPlan): string {
  const settings = { ksc, dns, root, klconfig };
  const names = Object.entries(settings).flatMap(([name, value]) => (value === null ? [] : [name]));
  return [...names, "networks"].join(", ");
}
