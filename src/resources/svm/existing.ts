/** What a plan that deploys an SVM can see already: that its name is taken. */
import { isUnknown, type PlanRequest, type Unknown } from "../../terraform";
import type { Client } from "../shared/client";
import { hclString, importingBy } from "../shared/pasting";
import { makingOf } from "./journal";
import { learnNames, svmName } from "./naming";
import { importId, type Placed, whereabouts } from "./placement";
import type { SvmAttributes, SvmPlanned } from "./schema";

type SvmPlanRequest = PlanRequest<SvmAttributes, Client>;

/**
 * Warns, no more: a list may still show what has gone, and of a replacement Terraform plans the creation, too, before its
 * predecessor is removed. What a state of this workspace has, or an earlier run has begun, is no stranger.
 */
export async function warnOfExisting(planned: SvmPlanned, request: SvmPlanRequest): Promise<void> {
  if (planned.onExisting === "adopt" || !isPlaced(planned)) return;
  try {
    await warnIfTaken(planned, request);
  } catch (error) {
    // Apply looks again, and nothing is deployed before it has seen.
    request.log.debug("Whether there is such an SVM already could not be seen", { error: String(error) });
  }
}

/** Whether everything is known that says which SVM it is. */
export function isPlaced(planned: SvmPlanned): planned is SvmPlanned & Placed {
  const { name, infrastructureId, host, openstack } = planned;
  const place = isKnown(host) ? host.id : isKnown(openstack) ? openstack.projectId : undefined;
  return [name, infrastructureId, place].every((each) => typeof each === "string");
}

function isKnown<V extends object>(value: V | null | Unknown): value is V {
  return value !== null && !isUnknown(value);
}

async function warnIfTaken(planned: Placed, request: SvmPlanRequest): Promise<void> {
  const { client, signal, warn } = request;
  const { infrastructureId } = planned;
  if (client.journal.hasEarlier(makingOf(planned))) return;
  const namesakes = await client.server.judge.namesakesForPlan(whereabouts(planned), signal);
  const strangers = namesakes
    .map(({ id }) => importId(infrastructureId, id))
    .filter((id) => client.journal.holderOf("svm", id) === undefined);
  if (strangers.length > 0) await learnNames(planned, request);
  for (const id of strangers) {
    warn({
      summary: `There is an ${svmName(planned, request)} already`,
      detail: `Its import id is ${hclString(id)}, and no state of this workspace is known to have it. As long as it is there, none of this name is deployed there, and apply fails for this one. Import it: ${importingBy(id)}; or permit to take it over with on_existing = "adopt" (onExisting in CDKTF); or choose another name. If it was removed just now, lists do not show that yet.`,
      path: ["name"],
    });
  }
}
