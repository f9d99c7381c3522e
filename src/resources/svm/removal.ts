/** Removing an SVM that a list shows, whoever wants that. */
import {
  failureOf,
  isUnsuccessful,
  pollUntil,
  type SvmLocation,
  TaskFailedError,
  type VirtualMachine,
} from "../../integration-server";
import type { SentRemoval } from "../../journal";
import type { Work } from "../../notes";
import { type Context, isUnknown } from "../../terraform";
import type { Client } from "../shared/client";
import { TAKES_EFFECT } from "../shared/effect";
import { explained } from "../shared/errors";
import { beginRemoval } from "../shared/journal";
import { removingOf } from "./journal";
import { briefName, learnNamesAfter, svmName } from "./naming";
import { locationOf, type Placed, whereabouts } from "./placement";
import { logFailure, logged } from "./progress";

type Removing = Pick<Context<Client>, "client" | "log" | "signal" | "timeout">;

const STILL_THERE = "The SVM is still listed; its removal may be under way all the same. Apply again to make sure.";

/**
 * Removes it, and waits until that is completed. It is in the journal from before the request leaves until it is known to be gone.
 *
 * @param placed where it is, by what Terraform has of it
 */
export async function removeListed(vm: VirtualMachine, placed: Placed, request: Removing, work: Work): Promise<void> {
  const { client, log, timeout } = request;
  let sent: SentRemoval | undefined;
  const following = {
    onLeaving: () => {
      sent ??= beginRemoval(client.journal, removingOf(placed, vm, request), timeout);
    },
    onTask: (taskId: string) => sent?.note(taskId),
  };
  try {
    const target = { ...placeFor(placed, vm), svmId: vm.id };
    await client.server.svms.remove({ target }, logged("removing", placed, request, work, following));
  } catch (error) {
    if (await isGone(vm, placed, error, request)) return;
    if (hasEnded(error, sent)) sent?.end();
    const whatNow = failureOf(error).effect === "unknown" ? STILL_THERE : undefined;
    await learnNamesAfter(error, placed, request);
    logFailure("removing", placed, error, request);
    throw explained(`remove the ${svmName(placed, request)}`, error, whatNow);
  }
  log.info(`${briefName(placed, request)}: removed`, { svm: placed.name, id: vm.id });
}

/** Whether nothing comes of it any more: its task has failed, or it was refused. */
function hasEnded(error: unknown, sent: SentRemoval | undefined): boolean {
  if (error instanceof TaskFailedError) return isUnsuccessful(error.task.state);
  return sent?.removal.taskId === undefined && failureOf(error).effect === "none";
}

/** Where the server finds it: hypervisors are asked about what runs on them, while a project is what it was deployed in. */
function placeFor(placed: Placed, { parentId }: VirtualMachine): SvmLocation {
  const location = locationOf(placed);
  return location.type === "host" ? { ...location, locationId: parentId ?? location.locationId } : location;
}

/** Whether the SVM has gone although its removal was not seen to end well. */
async function isGone(
  vm: VirtualMachine,
  placed: Placed,
  error: unknown,
  { client, signal }: Removing,
): Promise<boolean> {
  const { judge, pace } = client.server;
  if (signal.aborted) return false;
  const end = pace.clock.now() + (failureOf(error).effect === "unknown" ? TAKES_EFFECT : 0);
  try {
    const { is } = await pollUntil({
      look: () =>
        judge.find({ ...whereabouts(placed), id: vm.id, runningOn: placedOn(placed) }, { fresh: true, signal }),
      done: (finding) => finding.is !== "there" || pace.clock.now() >= end,
      pace,
      signal,
    });
    return is === "gone" || is === "another";
  } catch {
    return false;
  }
}

/** Where a state has seen it run. */
function placedOn({ runningOn }: Placed): string | undefined {
  if (runningOn === undefined || runningOn === null || isUnknown(runningOn)) return undefined;
  return isUnknown(runningOn.id) ? undefined : (runningOn.id ?? undefined);
}
