/** Running life cycle code: with a client, a log, and a signal that ends it when time is up or the user wants out. */
import type { Diagnostic } from "../diagnostics";
import { type Bound, OperationInterrupted, type OperationName, OperationTimedOut } from "../interruptions";
import type { Context } from "../resource";
import type { Call } from "./call";
import { isError } from "./failures";
import type { Session } from "./session";

export interface Operation {
  readonly name: OperationName;
  readonly typeName: string;
  /** How long it may take; without it, as long as it takes. */
  readonly bound?: Bound | undefined;
}

/** The longest delay that a timer can have: 24 days. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Runs life cycle code with a request made of its context and `fields`.
 *
 * @throws whatever the code throws; when it was told to end, also why
 */
export async function runOperation<Fields extends object, Result>(
  session: Session,
  call: Call,
  { name, typeName, bound }: Operation,
  fields: Fields,
  run: (request: Context<unknown> & Fields) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const interrupt = () => controller.abort(new OperationInterrupted(name, typeName));
  const timer =
    bound &&
    setTimeout(
      () => controller.abort(new OperationTimedOut(name, typeName, bound)),
      Math.min(bound.milliseconds, LONGEST_TIMER),
    );
  if (session.stop.signal.aborted) interrupt();
  else session.stop.signal.addEventListener("abort", interrupt, { once: true });
  const { signal } = controller;
  const request = {
    get client() {
      return session.configuration.client;
    },
    signal,
    timeout: bound?.milliseconds,
    log: call.log,
    warn: (warning: Omit<Diagnostic, "severity">) => call.add({ ...warning, severity: "warning" }),
    ...fields,
  };
  try {
    return await run(request);
  } catch (error) {
    throw signal.aborted ? withReason(error, signal.reason) : error;
  } finally {
    clearTimeout(timer);
    session.stop.signal.removeEventListener("abort", interrupt);
  }
}

/** An error that only says "aborted" gives way to the reason; any other stands before it. */
function withReason(error: unknown, reason: unknown): unknown {
  const saysOnlyAborted = isError(error) && error.name === "AbortError";
  return error === reason || saysOnlyAborted ? reason : new AggregateError([error, reason]);
}
