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
  /** Aborted when the client wants no answer any more. */
  readonly cancelled?: AbortSignal;
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
  operation: Operation,
  fields: Fields,
  run: (request: Context<unknown> & Fields) => Promise<Result>,
): Promise<Result> {
  const { request, explained, end } = begin(session, call, operation, fields);
  try {
    return await run(request);
  } catch (error) {
    throw explained(error);
  } finally {
    end();
  }
}

/** The same for code that yields results one after another, until the client wants no more. */
export async function* streamOperation<Fields extends object, Result>(
  session: Session,
  call: Call,
  operation: Operation,
  fields: Fields,
  run: (request: Context<unknown> & Fields) => AsyncIterable<Result>,
): AsyncGenerator<Result> {
  const { request, explained, end } = begin(session, call, operation, fields);
  try {
    yield* run(request);
  } catch (error) {
    throw explained(error);
  } finally {
    end();
  }
}

function begin<Fields extends object>(session: Session, call: Call, operation: Operation, fields: Fields) {
  const { bound } = operation;
  const started = performance.now();
  let ends: Ends | undefined;
  return {
    request: {
      get client() {
        return session.configuration.client;
      },
      // Made for who asks for it: most plans and validations never wait, and take less time than a signal.
      get signal() {
        ends ??= listenForEnds(session, operation, started);
        return ends.signal;
      },
      timeout: bound?.milliseconds,
      log: call.log,
      warn: (warning: Omit<Diagnostic, "severity">) => call.add({ ...warning, severity: "warning" }),
      ...fields,
    },
    explained: (error: unknown) => (ends?.signal.aborted ? withReason(error, ends.signal.reason) : error),
    end: () => ends?.stopListening(),
  };
}

interface Ends {
  /** Aborted by whatever ends an operation before it is done. */
  readonly signal: AbortSignal;
  stopListening(): void;
}

/** @param started when the operation's time began to run */
function listenForEnds(session: Session, { name, typeName, bound, cancelled }: Operation, started: number): Ends {
  const controller = new AbortController();
  const timer =
    bound &&
    setTimeout(
      () => controller.abort(new OperationTimedOut(name, typeName, bound)),
      Math.min(started + bound.milliseconds - performance.now(), LONGEST_TIMER),
    );
  const forget = session.stop.onAsked(() => controller.abort(new OperationInterrupted(name, typeName)));
  const giveUp = () => controller.abort(cancelled?.reason);
  if (cancelled?.aborted) giveUp();
  else cancelled?.addEventListener("abort", giveUp, { once: true });
  return {
    signal: controller.signal,
    stopListening() {
      clearTimeout(timer);
      forget();
    },
  };
}

/** An error that only says "aborted" gives way to the reason; any other stands before it. */
function withReason(error: unknown, reason: unknown): unknown {
  const saysOnlyAborted = isError(error) && error.name === "AbortError";
  return error === reason || saysOnlyAborted ? reason : new AggregateError([error, reason]);
}
