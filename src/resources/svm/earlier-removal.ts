/** An SVM whose removal was sent, by an earlier run that did not live to see its end, or by another part of this one. */
import type { Finding, SvmRemovalSent, VirtualMachine } from "../../integration-server";
import type { SentRemoval } from "../../journal";
import type { Work } from "../../notes";
import type { Context } from "../../terraform";
import type { Client } from "../shared/client";
import { durationOf } from "../shared/duration";
import { ARRIVES } from "../shared/effect";
import { awaitedFor } from "../shared/journal";
import { briefName } from "./naming";
import { importId, known, type Placed, whereabouts } from "./placement";
import { svmSubject } from "./progress";
import type { SvmState } from "./schema";

type Looking = Pick<Context<Client>, "client" | "log" | "signal">;

interface FindOptions {
  /** Waits for a new SVM to be listed. @default false */
  readonly patiently?: boolean;
  /** Insists on a list that was asked for after this call. @default false */
  readonly fresh?: boolean;
  /** Whether it is for a plan, so that nobody waits for long. @default false */
  readonly forPlan?: boolean;
  /** Whose notes tell what is waited for. @default notes of its own */
  readonly work?: Work;
}

/** The SVM of a state, as the judge finds it when a removal that was sent has ended. */
export async function findKnown(
  state: SvmState,
  context: Looking,
  { patiently = false, fresh = false, forPlan = false, work }: FindOptions = {},
): Promise<Finding> {
  const { judge } = context.client.server;
  const find = async (id: string | null, doubt: Doubt | undefined): Promise<Finding> => {
    const svm = { ...known(state), id, removal: doubt?.removal };
    const options = { fresh, signal: context.signal };
    const look = () => (patiently ? judge.await(svm, options) : judge.find(svm, options));
    const finding = doubt === undefined ? await look() : await awaited(doubt, state, look, context, work);
    if (finding.is === "there" || finding.is === "another") doubt?.end();
    return finding;
  };
  const finding = await find(state.id, await doubtAbout(state, forPlan, context));
  if (state.id !== null || finding.is !== "there") return finding;
  // It was known by its task or its name alone.
  const { id } = finding.vm;
  const doubt = await doubtAbout({ ...state, id }, forPlan, context);
  return doubt === undefined ? finding : find(id, doubt);
}

/** Whether an SVM that has a name which is wanted goes by itself: then it has gone when this resolves. */
export async function isLeaving(
  { id }: VirtualMachine,
  placed: Placed,
  context: Looking,
  work: Work,
): Promise<boolean> {
  const { client, signal } = context;
  const doubt = await doubtAbout({ ...placed, id }, false, context);
  if (doubt === undefined) return false;
  const look = () => client.server.judge.find({ ...whereabouts(placed), id, removal: doubt.removal }, { signal });
  const { is } = await awaited(doubt, placed, look, context, work);
  if (is === "there") doubt.end();
  return is === "gone";
}

/** Looks when the removal has ended, and says meanwhile what is waited for. */
async function awaited(
  { waitsFor }: Doubt,
  placed: Placed,
  look: () => Promise<Finding>,
  context: Looking,
  others: Work | undefined,
): Promise<Finding> {
  if (waitsFor === undefined) return look();
  const own = others === undefined ? context.client.notes.begin(svmSubject("remove", placed, context)) : undefined;
  (others ?? own)?.waitFor(waitsFor);
  try {
    const finding = await look();
    if (finding.is === "gone") own?.completed("removed, as an earlier run has asked");
    else own?.interrupted("its removal, which an earlier run has asked for, was not seen to end");
    return finding;
  } catch (error) {
    own?.interrupted(String(error));
    throw error;
  }
}

interface Doubt {
  readonly removal: SvmRemovalSent;
  /** In words, where there is something to wait for. */
  readonly waitsFor: string | undefined;
  /** The SVM is there all the same. */
  end(): void;
}

async function doubtAbout(
  placed: Placed & Pick<SvmState, "id">,
  forPlan: boolean,
  context: Looking,
): Promise<Doubt | undefined> {
  const { infrastructureId, id, name } = placed;
  const { client, log } = context;
  if (id === null) return undefined;
  const imported = importId(infrastructureId, id);
  const sent = client.journal.removalOf("svm", imported);
  if (sent === undefined) return undefined;
  if (sent === "ended") {
    const removal = { isDone: true, taskId: undefined, showsIn: 0 };
    return { removal, waitsFor: undefined, end: () => client.journal.back("svm", imported) };
  }
  const showsIn = (await wasTaken(sent, id, context)) ? sent.showsIn : 0;
  const { taskId } = sent.removal;
  const limit = showsIn === 0 ? 0 : awaitedFor(sent, forPlan);
  const atMost = taskId === undefined ? `, for ${durationOf(limit)} at most` : "";
  const waitsFor = `an earlier run has asked for its removal: waiting for its end${atMost}`;
  log.info(`${briefName(placed, context)}: ${waitsFor}`, { svm: name, id, task: taskId, file: sent.file });
  return {
    removal: { isDone: false, taskId, showsIn, awaitedFor: limit },
    waitsFor: taskId === undefined && limit === 0 ? undefined : waitsFor,
    end: () => sent.end(),
  };
}

/** Some servers list tasks, so that one whose id was never answered can be found; false where the list shows that there is none. */
async function wasTaken(sent: SentRemoval, svmId: string, { client, signal }: Looking): Promise<boolean> {
  if (sent.removal.taskId !== undefined || sent.showsIn === 0) return true;
  const trace = await client.server.svms.trace({ svmId }, { createdFrom: sent.removal.begun, signal });
  if (trace.is === "there") sent.note(trace.taskId);
  return trace.is !== "none" || sent.age < ARRIVES;
}
