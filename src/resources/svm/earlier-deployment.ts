/** A deployment that an earlier run has begun, and whose end it has not seen. */
import { isNotFound, TaskFailedError } from "../../integration-server";
import type { Context } from "../../terraform";
import type { Client } from "../shared/client";
import { type Placed, whereabouts } from "./placement";
import { type Following, logged } from "./progress";
import type { SvmState } from "./schema";

/** Where the deployment stands whose end nobody has seen; undefined when there is none, or nobody knows it any more. */
export async function unfinishedDeployment(
  state: SvmState,
  { client, signal }: Pick<Context<Client>, "client" | "signal">,
) {
  // What a list has shown of an SVM proves that its deployment was seen to have ended.
  if (state.taskId === null || state.state !== null) return undefined;
  return client.server.svms.subtask(state.taskId, whereabouts(state), { signal });
}

/** Waits until it has ended, in whichever way: what it has left behind is for a look to find out. */
export async function untilEnded(
  taskId: string,
  placed: Placed,
  doing: string,
  context: Pick<Context<Client>, "client" | "log" | "signal">,
  following?: Following,
): Promise<void> {
  try {
    await context.client.server.svms.follow(taskId, whereabouts(placed), logged(doing, placed, context, following));
  } catch (error) {
    // What nobody knows any more goes on no more.
    if (!(error instanceof TaskFailedError || isNotFound(error))) throw error;
  }
}
