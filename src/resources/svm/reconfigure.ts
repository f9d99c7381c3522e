/** Sends changed settings to an SVM (SVM management, "Reconfiguring deployed SVMs"). */
import {
  ApiError,
  failureOf,
  isNotFound,
  NetworksKeptError,
  TaskFailedError,
  type VirtualMachine,
} from "../../integration-server";
import type { Work } from "../../notes";
import type { CreateRequest, UpdateRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { explained } from "../shared/errors";
import { noted } from "../shared/noted";
import { hasAdaptersFor, isWherePlaced, observedPlacement } from "./adapters";
import { type Changes, everything } from "./changes";
import { briefName, learnNamesAfter, svmName } from "./naming";
import { primaryAddress } from "./networks";
import { currentPassword } from "./passwords";
import { logFailure, logged, svmSubject } from "./progress";
import { reconfigurationOf } from "./requests";
import type { SvmAttributes, SvmState } from "./schema";
import { observedOf, settingsOf } from "./state";

type SvmCreateRequest = CreateRequest<SvmAttributes, Client>;
type SvmUpdateRequest = UpdateRequest<SvmAttributes, Client>;

/**
 * Returns the address that the SVM has then. Of an SVM that keeps its networks, the state has everything else.
 *
 * @param vm the SVM as it was before
 */
export async function reconfigure(
  request: SvmUpdateRequest,
  vm: VirtualMachine,
  changes: Changes,
): Promise<string | null> {
  const { plan, state, save } = request;
  try {
    return await send(request, vm, changes, state.ipAddress);
  } catch (error) {
    if (error instanceof NetworksKeptError) save(allButNetworks(request, error.vm));
    await learnNamesAfter(error, plan, request);
    logFailure("reconfiguring", plan, error, request);
    throw explained(`reconfigure the ${svmName(plan, request)}`, error, adviceOn(error, changes));
  }
}

/** Sends everything that is configured to an SVM that is taken over, as if it had been deployed so; returns its address. */
export function sendAll(request: SvmCreateRequest, vm: VirtualMachine): Promise<string | null> {
  const { config, plan } = request;
  const klconfigPassword = config.klconfig !== null && config.klconfig.currentPasswordWo !== null;
  return send(request, vm, { ...everything(plan), networks: true, klconfigPassword }, null);
}

function send(
  request: SvmCreateRequest,
  vm: VirtualMachine,
  changes: Changes,
  before: string | null,
): Promise<string | null> {
  return noted(
    request,
    svmSubject("reconfigure", request.plan, request),
    (work) => sendNoted(request, vm, changes, { before, work }),
    (address) => `reconfigured${address === null ? "" : `, address ${address}`}`,
  );
}

async function sendNoted(
  request: SvmCreateRequest,
  vm: VirtualMachine,
  changes: Changes,
  { before, work }: { readonly before: string | null; readonly work: Work },
): Promise<string | null> {
  const { client, config, plan, log } = request;
  const password = currentPassword(plan, config.klconfig, changes.klconfigPassword, request);
  let reported: string | undefined;
  const options = logged("reconfiguring", plan, request, work, {
    onSubtask: (subtask) => {
      reported = subtask.ipAddress ?? reported;
    },
  });
  // Only adapters that are others now can show whether the networks were taken.
  const isVisible = changes.networks && isWherePlaced(plan, vm) && !hasAdaptersFor(plan, vm);
  const hasNetworks = isVisible ? (seen: VirtualMachine) => hasAdaptersFor(plan, seen) : undefined;
  const reconfiguration = reconfigurationOf(config, plan, { vm, changes, password });
  await client.server.svms.reconfigure(reconfiguration, { ...options, hasNetworks });
  log.info(`${briefName(plan, request)}: reconfigured`, { svm: plan.name, id: vm.id });
  if (!changes.networks) return reported ?? before;
  return primaryAddress(plan) ?? reported ?? null;
}

function allButNetworks({ plan, state }: SvmUpdateRequest, vm: VirtualMachine): Partial<SvmState> {
  const { host, openstack } = plan;
  const before = {
    host: host && { ...host, networks: state.host?.networks ?? [] },
    openstack: openstack && { ...openstack, networks: state.openstack?.networks ?? [] },
  };
  return { ...settingsOf(plan), ...observedOf(vm), ...observedPlacement(before, vm) };
}

const NOT_THAT =
  "The SVM has another klconfig password than the configured one: set klconfig.password_wo (klconfig.password in CDKTF) to the one that it has, then apply again.";
const WRONG =
  "Settings are sent with the password of klconfig that the SVM has. If that is what was refused, set klconfig.password_wo (klconfig.password in CDKTF) to that one, then apply again.";
const WRONG_FORMER =
  "The password of klconfig is changed with the one that the SVM has. If that is what was refused, set klconfig.current_password_wo (klconfig.currentPassword in CDKTF) to that one; if it is the new one already, to that. Then apply again.";
const VANISHED =
  "The SVM was removed after it was planned to be changed, or the place where it runs is not there any more. Nothing was changed. Plan again: an SVM that is gone will be deployed.";
const FORGOTTEN =
  "The Integration Server has forgotten the task before anybody saw it end, so it is not known whether the settings have changed. Apply again: they are sent once more. Where that ends so, too, look at the SVM itself.";

/** By the server itself: the words of others are no sign. */
function isRefused(error: unknown): error is ApiError | TaskFailedError {
  return error instanceof TaskFailedError || (error instanceof ApiError && failureOf(error).effect === "none");
}

function adviceOn(error: unknown, { klconfigPassword }: Changes): string | undefined {
  if (isNotFound(error)) return error instanceof ApiError && error.isQuestion ? FORGOTTEN : VANISHED;
  if (isRefused(error) && /\bpassword\b/i.test(error.message)) {
    if (klconfigPassword) return WRONG_FORMER;
    return error instanceof TaskFailedError && /\bklconfig\b/i.test(error.message) ? NOT_THAT : WRONG;
  }
  if (failureOf(error).effect === "none") return undefined;
  const again = "It may have taken effect. Apply again: the same settings twice do no harm.";
  return klconfigPassword
    ? `${again} If that is refused for a wrong password, klconfig has its new password already: set klconfig.current_password_wo (klconfig.currentPassword in CDKTF) to it, too.`
    : again;
}
