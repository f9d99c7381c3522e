/** One call of the protocol: its log lines, its diagnostics, and the promise that it never rejects. */
import type { Diagnostic } from "../diagnostics";
import type { LogFields, RedactingLogger, Secrets } from "../logger";
import type { RpcName, StreamName, Diagnostic as WireDiagnostic } from "../protocol/tfplugin6";
import { failureDiagnostics, isUnexpected } from "./failures";
import { locatedDetail, toWireDiagnostic } from "./wire-diagnostics";

/** What happens during one call. */
export class Call {
  private readonly collected: Diagnostic[] = [];
  private told = 0;

  constructor(readonly log: RedactingLogger) {}

  add(...diagnostics: Diagnostic[]): void {
    this.collected.push(...diagnostics);
  }

  /** Turns a thrown value into diagnostics; the stack of an unexpected one goes to the log. */
  fail(error: unknown): void {
    if (isUnexpected(error)) this.log.error("Unexpected error", { error });
    this.add(...failureDiagnostics(error));
  }

  count(severity: Diagnostic["severity"]): number {
    return this.collected.filter((diagnostic) => diagnostic.severity === severity).length;
  }

  get failed(): boolean {
    return this.count("error") > 0;
  }

  /** What has not been told yet. Here texts leave the process, so that here what is secret leaves the texts. */
  toWire(): WireDiagnostic[] {
    const { secrets } = this.log;
    const news = this.collected.slice(this.told);
    this.told = this.collected.length;
    return news.map((diagnostic) =>
      toWireDiagnostic({
        ...diagnostic,
        summary: secrets.redact(diagnostic.summary),
        detail: secrets.redact(locatedDetail(diagnostic)),
      }),
    );
  }
}

interface Answer {
  readonly diagnostics: WireDiagnostic[];
}
interface EventDiagnostics {
  readonly diagnostic: WireDiagnostic[];
}
interface Answering {
  readonly log: RedactingLogger;
}

/**
 * Makes a method of the server from the code of one call. Whatever that code throws becomes a diagnostic: a call that
 * failed as such would cost the state of the object that it is about.
 */
export function answering<Request extends object, Response extends object>(
  { log }: Answering,
  rpc: RpcName,
  handle: (request: Request, call: Call) => Promise<Response>,
): (request: Request) => Promise<Partial<Response> & Answer> {
  return async (request) => {
    const { call, answered } = begin(log, rpc, request);
    let response: Partial<Response> = {};
    try {
      response = await handle(request, call);
    } catch (error) {
      call.fail(error);
    }
    answered();
    return { ...response, diagnostics: call.toWire() };
  };
}

/** The same for a call that is answered with a stream: diagnostics go with what is yielded next, or at the end. */
export function streaming<Request extends object, Event extends object>(
  { log }: Answering,
  rpc: StreamName,
  handle: (request: Request, call: Call, cancelled: AbortSignal) => AsyncIterable<Event>,
): (request: Request, cancelled: AbortSignal) => AsyncIterable<Partial<Event> & EventDiagnostics> {
  return async function* (request, cancelled) {
    const { call, answered } = begin(log, rpc, request);
    try {
      for await (const event of handle(request, call, cancelled)) yield { ...event, diagnostic: call.toWire() };
    } catch (error) {
      if (!cancelled.aborted) call.fail(error);
    } finally {
      answered();
    }
    const diagnostic = call.toWire();
    if (diagnostic.length > 0) yield { diagnostic } as Partial<Event> & EventDiagnostics;
  };
}

function begin(log: RedactingLogger, rpc: RpcName | StreamName, request: object) {
  const type = "typeName" in request ? { type: request.typeName } : undefined;
  const call = new Call(new CallLog(log, { rpc, ...type }));
  const start = performance.now();
  call.log.trace("Received request");
  return {
    call,
    answered: () =>
      call.log.debug("Answered request", {
        milliseconds: Math.round(performance.now() - start),
        errors: call.count("error"),
        warnings: call.count("warning"),
      }),
  };
}

/** A logger that adds the same fields to each line. */
class CallLog implements RedactingLogger {
  constructor(
    private readonly log: RedactingLogger,
    private readonly fields: LogFields,
  ) {}

  get secrets(): Secrets {
    return this.log.secrets;
  }

  trace(message: string, more?: LogFields): void {
    this.log.trace(message, { ...this.fields, ...more });
  }
  debug(message: string, more?: LogFields): void {
    this.log.debug(message, { ...this.fields, ...more });
  }
  info(message: string, more?: LogFields): void {
    this.log.info(message, { ...this.fields, ...more });
  }
  warn(message: string, more?: LogFields): void {
    this.log.warn(message, { ...this.fields, ...more });
  }
  error(message: string, more?: LogFields): void {
    this.log.error(message, { ...this.fields, ...more });
  }
}
