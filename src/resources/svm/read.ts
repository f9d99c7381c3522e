/** Looks at an SVM. Whether it is gone, the judge says. */
import type { VirtualMachine } from "../../integration-server";
import type { ReadRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { attempt } from "../shared/errors";
import { mayStillGo } from "../shared/journal";
import { findKnown } from "./earlier-removal";
import { forget, isOnlyBegun, journalId } from "./journal";
import { briefName, learnNames, svmName } from "./naming";
import { importId } from "./placement";
import type { SvmAttributes, SvmState } from "./schema";
import { seenIn } from "./seeing";
import { refreshed } from "./state";
import { reused, succeeded, uncertain, warnAbout } from "./warnings";

type SvmReadRequest = ReadRequest<SvmAttributes, Client>;

export async function read(request: SvmReadRequest): Promise<SvmState | null> {
  const { client, state, log } = request;
  if (isOnlyBegun(state, client.journal)) {
    log.info(`${briefName(state, request)}: left to its entry in the journal`, { svm: state.name });
    return null;
  }
  const seen = await attempt(`read the ${svmName(state, request)}`, () => observe(request));
  if (seen === null) forget(state, client.journal);
  return seen;
}

async function observe(request: SvmReadRequest): Promise<SvmState | null> {
  const { warn } = request;
  const finding = await findKnown(request.state, request, { forPlan: true });
  const { svmId, ipAddress } = finding.deployment ?? {};
  const state = { ...request.state, ipAddress: ipAddress ?? request.state.ipAddress };
  switch (finding.is) {
    case "there": {
      const seen = await seenIn(finding.vm, state.infrastructureId, state.runningOn, request);
      await warnAbout(state, finding.vm, seen.runningOn, request);
      return refreshed(state, seen);
    }
    case "being deployed":
      return { ...state, id: svmId ?? state.id };
    case "uncertain":
      warn(withRemoval(uncertain(state, finding.why, request), request));
      return { ...state, id: state.id ?? svmId ?? null };
    case "another":
      await learnNames(state, request);
      warn(reused(state, finding.vm, request));
      return null;
    case "gone":
      if (finding.namesake === undefined || isHeld(finding.namesake, request)) return null;
      await learnNames(state, request);
      warn(succeeded(state, finding.namesake, request));
      return null;
  }
}

/** Whether a state has it, as the successor of what has gone. */
function isHeld({ id }: VirtualMachine, { client, state }: SvmReadRequest): boolean {
  return client.journal.holderOf("svm", importId(state.infrastructureId, id)) !== undefined;
}

/** Says, too, of one that may be about to go until when. */
function withRemoval<W extends { readonly detail: string }>(warning: W, { client, state }: SvmReadRequest): W {
  const id = journalId(state);
  const sent = id === undefined ? undefined : client.journal.removalOf("svm", id);
  return sent === undefined || sent === "ended"
    ? warning
    : { ...warning, detail: `${warning.detail} ${mayStillGo(sent)}` };
}
