/** What became of a request whose answer nobody knows: only looking tells. */
import { failureOf, type IntegrationServer, pollUntil } from "../../integration-server";

/** Milliseconds after which nothing is expected of such a request any more; uploading an image takes its time. */
export const TAKES_EFFECT = 600_000;

/** How long a request may be under way whose answer never came: a list of tasks without it proves nothing before. In milliseconds. */
export const ARRIVES = 60_000;

/** What whoever looks needs. */
export interface Watching {
  readonly server: IntegrationServer;
  readonly signal: AbortSignal;
}

/**
 * What `look` finds, as soon as it finds something; undefined where it finds nothing for ten minutes.
 *
 * @param failure what there is to tell of the request: where looking fails, too, both failures are told
 */
export async function untilSeen<T>(
  failure: unknown,
  look: () => Promise<T | undefined>,
  { server: { pace }, signal }: Watching,
): Promise<T | undefined> {
  const end = pace.clock.now() + TAKES_EFFECT;
  const done = (seen: T | undefined) => seen !== undefined || pace.clock.now() >= end;
  return afterFailure(failure, () => pollUntil({ look, done, pace, signal }), signal);
}

/** Looks once; where that fails, too, both failures are told. */
export async function afterFailure<T>(failure: unknown, look: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await look();
  } catch (error) {
    // Why the operation was told to end is added to whatever it ends with.
    throw signal.aborted ? failure : new AggregateError([failure, error]);
  }
}

/** Whether something is gone although its removal has failed: then that is a success. */
export async function isGoneAfter(
  error: unknown,
  failure: unknown,
  find: () => Promise<unknown>,
  watching: Watching,
): Promise<boolean> {
  const look = async () => ((await find()) === undefined ? true : undefined);
  const { kind, effect } = failureOf(error);
  if (kind === "missing") return (await afterFailure(failure, look, watching.signal)) === true;
  return effect === "unknown" && (await untilSeen(failure, look, watching)) === true;
}
