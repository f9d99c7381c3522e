/** One call of the protocol: its log lines, its diagnostics, and the promise that it never rejects. */
import type { Diagnostic } from "../diagnostics";
import type { LogFields, Logger, RedactingLogger } from "../logger";
import type { RpcName, Diagnostic as WireDiagnostic } from "../protocol/tfplugin6";
import { failureDiagnostics, isUnexpected } from "./failures";
import { toWireDiagnostic } from "./wire-diagnostics";

/** What happens during one call. */
export class Call {
  private readonly collected: Diagnostic[] = [];

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

  /** Here texts leave the process, so that here what is secret leaves the texts. */
  toWire(): WireDiagnostic[] {
    const { secrets } = this.log;
    return this.collected.map((diagnostic) =>
      toWireDiagnostic({
        ...diagnostic,
        summary: secrets.redact(diagnostic.summary),
        detail: secrets.redact(diagnostic.detail),
      }),
    );
  }
}

interface Answer {
  readonly diagnostics: WireDiagnostic[];
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
    const fields = { rpc, ...("typeName" in request && { type: request.typeName }) };
    const call = new Call(withFields(log, fields));
    const start = performance.now();
    call.log.trace("Received request");
    let response: Partial<Response> = {};
    try {
      response = await handle(request, call);
    } catch (error) {
      call.fail(error);
    }
    call.log.debug("Answered request", {
      milliseconds: Math.round(performance.now() - start),
      errors: call.count("error"),
      warnings: call.count("warning"),
    });
    return { ...response, diagnostics: call.toWire() };
  };
}

/** A logger that adds the same fields to each line. */
function withFields(log: RedactingLogger, fields: LogFields): RedactingLogger {
  const at =
    (level: keyof Logger): Logger[keyof Logger] =>
    (message, more) =>
      log[level](message, { ...fields, ...more });
  const { secrets } = log;
  return { trace: at("trace"), debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error"), secrets };
}
