/** What is worth knowing about an SVM although nothing has gone wrong. */
import type { Uncertainty, VirtualMachine } from "../../integration-server";
import { isSameId } from "../../integration-server/ids";
import type { Context } from "../../terraform";
import type { Client } from "../shared/client";
import { elsewhere } from "../shared/journal";
import { hclString } from "../shared/pasting";
import { concernsAll } from "./fleet-advice";
import { learnNames, placeOf, svmName } from "./naming";
import { importId, locationOf, type Placed, whereabouts } from "./placement";
import type { SvmState } from "./schema";
import { isRunning } from "./state";

type Warning = Parameters<Context<Client>["warn"]>[0];
type Naming = Pick<Context<Client>, "client">;

/** Warns of what differs between an SVM that is there and what is known of it; of a move once, when it has been seen. */
export async function warnAbout(
  before: SvmState,
  vm: VirtualMachine,
  now: SvmState["runningOn"],
  context: Context<Client>,
): Promise<void> {
  const { warn } = context;
  const { host, runningOn } = before;
  // The first list that shows a new SVM may show it as it was before it was started.
  const isStopped = before.state !== null && !isRunning(vm);
  const isRenamed = vm.name.normalize("NFC") !== before.name.normalize("NFC");
  const isMoved = host !== null && now !== null && !isSameId(now.id, host.id) && !isSameId(now.id, runningOn?.id);
  if (isStopped || isRenamed || isMoved || !vm.showsAllAdapters) await learnNames(before, context);
  if (isStopped) warn(stopped(before, vm, now, context));
  if (isRenamed) warn(renamed(before, vm, context));
  if (isMoved) warn(moved(before, now, context));
  if (!vm.showsAllAdapters) warn(partlyShown(before, context));
  await warnOfNamesakes(before, vm.id, context);
}

/**
 * A second SVM of the same name in the same place. A run that was killed while it deployed leaves no trace that could be
 * found before its SVM appears, so the next run may deploy another one: then, at least, nobody has to find out by himself.
 */
export async function warnOfNamesakes(
  placed: Placed,
  svmId: string,
  context: Pick<Context<Client>, "client" | "signal" | "warn">,
): Promise<void> {
  const { client, signal, warn } = context;
  const namesakes = await client.server.judge.namesakesOf({ ...whereabouts(placed), id: svmId }, signal);
  if (namesakes.length > 0) await learnNames(placed, context);
  for (const { id } of namesakes) {
    warn({
      summary: `There is a second ${svmName(placed, context)}`,
      detail: `The state has the one with the id "${svmId}"; it does not have the one with the id "${id}", which may come from a run that was killed while it deployed. Remove that SVM in the infrastructure, or import it as another resource with the id ${hclString(importId(placed.infrastructureId, id))}.`,
    });
  }
}

function stopped(
  before: SvmState,
  { id, state }: VirtualMachine,
  runningOn: SvmState["runningOn"],
  context: Naming,
): Warning {
  const location = locationOf(before);
  const locationId = runningOn?.id ?? location.locationId;
  const place = context.client.server.names.place({ ...location, locationId }, runningOn?.name ?? undefined);
  return {
    summary: `The SVM "${before.name}" on ${place} does not run`,
    detail: `The infrastructure shows the SVM with the id "${id}" in the state "${state}", not "Enabled". As long as it does not run, it protects nothing. Start it in the infrastructure, unless it was switched off on purpose; Terraform does not do that.`,
  };
}

function renamed(before: SvmState, vm: VirtualMachine, context: Naming): Warning {
  return {
    summary: `The ${svmName(before, context)} was renamed`,
    detail: `The infrastructure calls the SVM with the id "${vm.id}" by the name "${vm.name}". It is managed as before, and stays "${before.name}" here. Configuring its new name would replace it: give it its old one in the infrastructure to get rid of this warning.`,
  };
}

function moved(before: SvmState, { id, name }: NonNullable<SvmState["runningOn"]>, context: Naming): Warning {
  const where = name === null ? `"${id}"` : `${name} ("${id}")`;
  return {
    summary: `The ${svmName(before, context)} runs on another hypervisor`,
    detail: `It was moved to the hypervisor ${where}, and is managed there. Nothing has to be done: host.id says where it was placed. Setting it to that hypervisor does not replace the SVM.`,
  };
}

function partlyShown(before: SvmState, context: Naming): Warning {
  return {
    summary: `The network adapters of the ${svmName(before, context)} cannot be compared`,
    detail:
      "The Integration Server shows adapters of it without their ids. Whether it has other networks than the configured ones cannot be seen as long as that is so; the log of the Integration Server may say why.",
  };
}

/** The SVM is gone, and another one is where it was. */
export function succeeded(before: SvmState, { id }: VirtualMachine, context: Naming): Warning {
  return {
    summary: `The ${svmName(before, context)} is gone, and another one has its name`,
    detail: `The SVM with the id "${before.id}" does not exist any more; there is one with the id "${id}" of the same name in the same place. To take that one over, import it with the id ${hclString(importId(before.infrastructureId, id))}.`,
  };
}

/** The id that the SVM had belongs to another machine. */
export function reused(before: SvmState, vm: VirtualMachine, context: Naming): Warning {
  return {
    summary: `The ${svmName(before, context)} is gone, and another machine has its id`,
    detail: `The id "${before.id}" belongs to "${vm.name}" now, which neither has the SVM's name nor runs in its place. It is left alone.`,
  };
}

/** Why nobody can say whether the SVM exists, in full sentences. */
export function reason(placed: Placed, why: Uncertainty, context: Naming): string {
  const { infrastructureId } = placed;
  const infrastructure = context.client.server.names.infrastructure(infrastructureId);
  switch (why) {
    case "down":
      return `The Integration Server is not connected to ${infrastructure} at present: its connection has failed.`;
    case "missing":
      return `The Integration Server does not have the connection "${infrastructureId}" any more.`;
    case "unsettled":
      return `The Integration Server was not connected to ${infrastructure} for long enough to tell.`;
    case "leaving":
      return "Its removal, which was asked for earlier, is not known to have ended.";
    case "new":
      return "It was deployed minutes ago, and the Integration Server does not list it yet.";
    case "unidentified":
      return "The Integration Server lists an SVM without an id, which may be this one. Its log may say what is wrong with it.";
    case "ambiguous":
      return `Its id is not known, and more than one SVM of this name is listed on ${placeOf(placed, context)}.`;
  }
}

/** Of what concerns a whole infrastructure, Terraform shows one warning for all of its SVMs: those of one summary are merged. */
export function uncertain(state: SvmState, why: Uncertainty, context: Naming): Warning {
  return {
    summary: concernsAll(why)
      ? `SVMs of ${context.client.server.names.infrastructure(state.infrastructureId)} cannot be looked at`
      : `The ${svmName(state, context)} cannot be looked at`,
    detail: `${reason(state, why, context)} The state of the SVM "${state.name}" stays as it was.${why === "missing" ? `${elsewhereSvm(state, context)} ${MISSING}` : ""}`,
  };
}

/** As of a connection that is not there, because another server is asked. */
export function elsewhereSvm({ infrastructureId, id }: SvmState, { client }: Naming): string {
  return id === null ? "" : elsewhere("svm", importId(infrastructureId, id), client);
}

const MISSING =
  'If the connection was replaced, the next apply looks the SVMs up under the new one. If they were removed together with the connection, make Terraform forget all of them at once: "terraform state rm" takes any number of addresses.';
