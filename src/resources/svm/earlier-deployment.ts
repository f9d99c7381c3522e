/** A deployment that an earlier run has begun, and whose end it has not seen. */
import { isNotFound, TaskFailedError } from "../../integration-server";
import type { Work } from "../../notes";
import type { Context } from "../../terraform";
import type { Client } from "../shared/client";
import { type Placed, whereabouts } from "./placement";
import { logged } from "./progress";

/** Waits until it has ended, in whichever way: what it has left behind is for a look to find out. */
export async function untilEnded(
  taskId: string,
  placed: Placed,
  doing: string,
  context: Pick<Context<Client>, "client" | "log" | "signal">,
  work: Work,
): Promise<void> {
  try {
    const options = logged(doing, placed, context, work);
    options.onTask?.(taskId);
    await context.client.server.svms.follow(taskId, whereabouts(placed), options);
  } catch (error) {
    // What nobody knows any more goes on no more.
    if (!(error instanceof TaskFailedError || isNotFound(error))) throw error;
  }
}
