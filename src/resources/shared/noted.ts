/** Work that takes its time, noted for whoever watches. */
import { IntegrationServerError } from "../../integration-server";
import type { Subject, Work } from "../../notes";
import { type Context, DiagnosticError } from "../../terraform";
import type { Client } from "./client";

/**
 * Does the work and notes how it ends; what it does meanwhile it tells its notes itself.
 *
 * @param outcome what there is then, as people are told: `created, id 4711`
 */
export async function noted<T>(
  { client, signal }: Pick<Context<Client>, "client" | "signal">,
  subject: Subject,
  run: (work: Work) => Promise<T>,
  outcome: (result: T) => string,
): Promise<T> {
  const work = client.notes.begin(subject);
  try {
    const result = await run(work);
    work.completed(outcome(result));
    return result;
  } catch (error) {
    if (signal.aborted)
      work.interrupted(`${messageOf(signal.reason)} What was begun may go on on the Integration Server.`);
    else work.failed(messageOf(error));
    throw error;
  }
}

/** What went wrong, in the server's words where it said something. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join(" ");
  if (!(error instanceof DiagnosticError)) return error instanceof Error ? error.message : String(error);
  return error.cause instanceof IntegrationServerError ? error.cause.message : `${error.summary}. ${error.detail}`;
}
