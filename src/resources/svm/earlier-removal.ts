/** An SVM whose removal was sent, by an earlier run that did not live to see its end, or by another part of this one. */
import type { Finding, SvmRemovalSent, VirtualMachine } from "../../integration-server";
import type { SentRemoval } from "../../journal";
import type { Context } from "../../terraform";
import type { Client } from "../shared/client";
import { briefName } from "./naming";
import { importId, known, type Placed, whereabouts } from "./placement";
import type { SvmState } from "./schema";

type Looking = Pick<Context<Client>, "client" | "log" | "signal">;

interface FindOptions {
  /** Waits for a new SVM to be listed. @default false */
  readonly patiently?: boolean;
  /** Insists on a list that was asked for after this call. @default false */
  readonly fresh?: boolean;
}

/** The SVM of a state, as the judge finds it when a removal that was sent has ended. */
export async function findKnown(
  state: SvmState,
  context: Looking,
  { patiently = false, fresh = false }: FindOptions = {},
): Promise<Finding> {
  const { judge } = context.client.server;
  const find = async (id: string | null, doubt: Doubt | undefined): Promise<Finding> => {
    const svm = { ...known(state), id, removal: doubt?.removal };
    const options = { fresh, signal: context.signal };
    const finding = await (patiently ? judge.await(svm, options) : judge.find(svm, options));
    if (finding.is === "there" || finding.is === "another") doubt?.end();
    return finding;
  };
  const finding = await find(state.id, await doubtAbout(state, context));
  if (state.id !== null || finding.is !== "there") return finding;
  // It was known by its task or its name alone.
  const { id } = finding.vm;
  const doubt = await doubtAbout({ ...state, id }, context);
  return doubt === undefined ? finding : find(id, doubt);
}

/** Whether an SVM that has a name which is wanted goes by itself: then it has gone when this resolves. */
export async function isLeaving({ id }: VirtualMachine, placed: Placed, context: Looking): Promise<boolean> {
  const { client, signal } = context;
  const doubt = await doubtAbout({ ...placed, id }, context);
  if (doubt === undefined) return false;
  const { is } = await client.server.judge.find({ ...whereabouts(placed), id, removal: doubt.removal }, { signal });
  if (is === "there") doubt.end();
  return is === "gone";
}

interface Doubt {
  readonly removal: SvmRemovalSent;
  /** The SVM is there all the same. */
  end(): void;
}

async function doubtAbout(placed: Placed & Pick<SvmState, "id">, context: Looking): Promise<Doubt | undefined> {
  const { infrastructureId, id, name } = placed;
  const { client, log } = context;
  if (id === null) return undefined;
  const imported = importId(infrastructureId, id);
  const sent = client.journal.removalOf("svm", imported);
  if (sent === undefined) return undefined;
  if (sent === "ended") {
    const removal = { isDone: true, taskId: undefined, showsIn: 0 };
    return { removal, end: () => client.journal.back("svm", imported) };
  }
  await findTask(sent, id, context);
  const { showsIn, removal, file } = sent;
  const { taskId } = removal;
  const begin = briefName(placed, context);
  log.info(`${begin}: its removal was asked for earlier: waiting for its end`, { svm: name, id, task: taskId, file });
  return { removal: { isDone: false, taskId, showsIn }, end: () => sent.end() };
}

/** Some servers list the tasks that are at work, so that one whose id was never answered can be found. */
async function findTask(sent: SentRemoval, svmId: string, { client, signal }: Looking): Promise<void> {
  if (sent.removal.taskId !== undefined || sent.showsIn === 0) return;
  const trace = await client.server.svms.trace({ svmId }, { createdFrom: sent.removal.begun, signal });
  if (trace.is === "there") sent.note(trace.taskId);
}
