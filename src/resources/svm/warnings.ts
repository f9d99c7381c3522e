/** What is worth knowing about an SVM although nothing has gone wrong. */
import type { Uncertainty, VirtualMachine } from "../../integration-server";
import type { Context } from "../../terraform";
import type { Client } from "../shared/client";
import { hclString } from "../shared/pasting";
import { importId, locationOf, type Placed, placeOf, svmName, whereabouts } from "./placement";
import type { SvmState } from "./schema";
import { isRunning } from "./state";

type Warning = Parameters<Context<Client>["warn"]>[0];

/** Warns of what differs between an SVM that is there and what is known of it; of a move once, when it has been seen. */
export async function warnAbout(
  before: SvmState,
  vm: VirtualMachine,
  now: SvmState["runningOn"],
  context: Context<Client>,
): Promise<void> {
  const { warn } = context;
  // The first list that shows a new SVM may show it as it was before it was started.
  if (before.state !== null && !isRunning(vm)) warn(stopped(before, vm, now));
  if (vm.name.normalize("NFC") !== before.name.normalize("NFC")) warn(renamed(before, vm));
  const { host, runningOn } = before;
  if (host !== null && now !== null && now.id !== host.id && now.id !== runningOn?.id) warn(moved(before, now));
  if (!vm.showsAllAdapters) warn(partlyShown(before));
  await warnOfNamesakes(before, vm.id, context);
}

/**
 * A second SVM of the same name in the same place. A run that was killed while it deployed leaves no trace that could be
 * found before its SVM appears, so the next run may deploy another one: then, at least, nobody has to find out by himself.
 */
export async function warnOfNamesakes(
  placed: Placed,
  svmId: string,
  { client, signal, warn }: Pick<Context<Client>, "client" | "signal" | "warn">,
): Promise<void> {
  for (const { id } of await client.server.judge.namesakesOf({ ...whereabouts(placed), id: svmId }, signal)) {
    warn({
      summary: `There is a second ${svmName(placed)}`,
      detail: `The state has the one with the id "${svmId}"; it does not have the one with the id "${id}", which may come from a run that was killed while it deployed. Remove that SVM in the infrastructure, or import it as another resource with the id ${hclString(importId(placed.infrastructureId, id))}.`,
    });
  }
}

function stopped(before: SvmState, { id, state }: VirtualMachine, runningOn: SvmState["runningOn"]): Warning {
  const place = runningOn ?? { id: locationOf(before).locationId, name: null };
  const name = place.name === null ? svmName(before) : `SVM "${before.name}" on ${place.name}`;
  return {
    summary: `The ${name} does not run`,
    detail: `The infrastructure "${before.infrastructureId}" shows the SVM with the id "${id}" on "${place.id}" in the state "${state}", not "Enabled". As long as it does not run, it protects nothing. Start it in the infrastructure, unless it was switched off on purpose; Terraform does not do that.`,
  };
}

function renamed(before: SvmState, vm: VirtualMachine): Warning {
  return {
    summary: `The ${svmName(before)} was renamed`,
    detail: `The infrastructure calls the SVM with the id "${vm.id}" by the name "${vm.name}". It is managed as before, and stays "${before.name}" here. Configuring its new name would replace it: give it its old one in the infrastructure to get rid of this warning.`,
  };
}

function moved(before: SvmState, { id, name }: NonNullable<SvmState["runningOn"]>): Warning {
  const where = name === null ? `"${id}"` : `${name} ("${id}")`;
  return {
    summary: `The ${svmName(before)} runs on another hypervisor`,
    detail: `It was moved to the hypervisor ${where}, and is managed there. Nothing has to be done: host.id says where it was placed. Setting it to that hypervisor does not replace the SVM.`,
  };
}

function partlyShown(before: SvmState): Warning {
  return {
    summary: `The network adapters of the ${svmName(before)} cannot be compared`,
    detail:
      "The Integration Server shows adapters of it without their ids. Whether it has other networks than the configured ones cannot be seen as long as that is so; the log of the Integration Server may say why.",
  };
}

/** The SVM is gone, and another one is where it was. */
export function succeeded(before: SvmState, { id }: VirtualMachine): Warning {
  return {
    summary: `The ${svmName(before)} is gone, and another one has its name`,
    detail: `The SVM with the id "${before.id}" does not exist any more; there is one with the id "${id}" of the same name in the same place. To take that one over, import it with the id ${hclString(importId(before.infrastructureId, id))}.`,
  };
}

/** The id that the SVM had belongs to another machine. */
export function reused(before: SvmState, vm: VirtualMachine): Warning {
  return {
    summary: `The ${svmName(before)} is gone, and another machine has its id`,
    detail: `The id "${before.id}" belongs to "${vm.name}" now, which neither has the SVM's name nor runs in its place. It is left alone.`,
  };
}

/** Why nobody can say whether the SVM exists, in full sentences. */
export function reason(placed: Placed, why: Uncertainty): string {
  const { infrastructureId } = placed;
  switch (why) {
    case "down":
      return `The Integration Server is not connected to the infrastructure "${infrastructureId}" at present: its connection has failed.`;
    case "missing":
      return `The Integration Server does not have the connection "${infrastructureId}" any more.`;
    case "unsettled":
      return `The Integration Server was not connected to the infrastructure "${infrastructureId}" for long enough to tell.`;
    case "new":
      return "It was deployed minutes ago, and the Integration Server does not list it yet.";
    case "unidentified":
      return "The Integration Server lists an SVM without an id, which may be this one. Its log may say what is wrong with it.";
    case "ambiguous":
      return `Its id is not known, and more than one SVM of this name is listed on ${placeOf(placed)}.`;
  }
}

/** Of what concerns a whole infrastructure, Terraform shows one warning for all of its SVMs: those of one summary are merged. */
export function uncertain(state: SvmState, why: Uncertainty): Warning {
  const isShared = why === "down" || why === "missing" || why === "unsettled";
  return {
    summary: isShared
      ? `SVMs of the infrastructure "${state.infrastructureId}" cannot be looked at`
      : `The ${svmName(state)} cannot be looked at`,
    detail: `${reason(state, why)} The state of the SVM "${state.name}" stays as it was.${why === "missing" ? ` ${MISSING}` : ""}`,
  };
}

const MISSING =
  'If the connection was replaced, the next apply looks the SVMs up under the new one. If they were removed together with the connection, make Terraform forget all of them at once: "terraform state rm" takes any number of addresses.';
