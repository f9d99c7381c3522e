/** An SVM under another connection to its infrastructure, as when a hypervisor's password has changed. */
import type { Finding, SvmLocation } from "../../integration-server";
import { type Context, DiagnosticError, type UpdateRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { attempt } from "../shared/errors";
import { leaveId } from "./journal";
import { briefName, svmName } from "./naming";
import { known, locationOf } from "./placement";
import type { SvmAttributes, SvmState } from "./schema";
import { seenIn } from "./seeing";
import type { Seen } from "./state";
import { reason } from "./warnings";

/**
 * Finds the SVM there, when that connection has settled. From then on the state knows it there, whatever else fails; so it
 * does when the SVM is gone, which the next read then sees.
 */
export async function follow(request: UpdateRequest<SvmAttributes, Client>): Promise<Seen> {
  const { client, plan, state, save, log } = request;
  const { infrastructureId } = plan;
  const action = `find the ${svmName(state, request)} under the connection "${infrastructureId}"`;
  const finding = await attempt(action, () => findRehomed(state, locationOf(plan), request));
  const unable = (why: string) =>
    new DiagnosticError(`Unable to ${action}`, `${why} Nothing was changed.`, ["infrastructureId"]);
  switch (finding.is) {
    case "there": {
      const seen = await attempt(action, () => seenIn(finding.vm, infrastructureId, null, request));
      save({ infrastructureId, id: finding.vm.id, runningOn: seen.runningOn });
      leaveId(state, client.journal);
      log.info(`${briefName(plan, request)}: found under its new connection`, {
        svm: plan.name,
        id: finding.vm.id,
        infrastructureId,
      });
      return seen;
    }
    case "left behind":
      throw unable(
        `The infrastructure does not list it, while the connection "${state.infrastructureId}" does. Correct infrastructure_id (infrastructure in CDKTF).`,
      );
    case "uncertain":
      throw unable(`${reason(plan, finding.why, request)} Connect it, then apply again.`);
    default:
      save({ infrastructureId });
      throw unable(
        "The infrastructure does not list it. If it does not exist any more, plan again: the SVM will be deployed anew. If the connection leads to another infrastructure, correct infrastructure_id (infrastructure in CDKTF) first.",
      );
  }
}

type Rehomed =
  | Finding
  /** The old connection shows it, and the new one does not. */
  | { readonly is: "left behind" };

/** By its id or, where the new connection counts differently, by its name in the planned place. */
export async function findRehomed(
  state: SvmState,
  location: SvmLocation,
  { client, signal }: Pick<Context<Client>, "client" | "signal">,
): Promise<Rehomed> {
  const { judge } = client.server;
  const place = { ...location, name: state.name };
  const byId = await judge.find({ ...place, id: state.id }, { signal });
  if (byId.is === "there" || byId.is === "uncertain") return byId;
  const byName = state.id === null ? byId : await judge.find({ ...place, id: null }, { signal });
  const before = await judge.listed(known(state), { fresh: true, signal });
  return before?.is === "there" ? { is: "left behind" } : byName;
}
