/** One call of the protocol: its log lines, its diagnostics, and the promise that it never rejects. */
import type { Diagnostic } from "../diagnostics";
import type { LogFields, Logger, Secrets } from "../logger";
import type { RpcName, Diagnostic as WireDiagnostic } from "../protocol/tfplugin6";
import { failureDiagnostics, isUnexpected } from "./failures";
import { toWireDiagnostic } from "./wire-diagnostics";

/** What happens during one call. */
export class Call {
  private readonly collected: Diagnostic[] = [];

  constructor(
    readonly log: Logger,
    private readonly secrets: Secrets,
  ) {}

  add(...diagnostics: Diagnostic[]): void {
    this.collected.push(...diagnostics);
  }

  /** Turns a thrown value into diagnostics; the stack of an unexpected one goes to the log. */
  fail(error: unknown): void {
    const unexpected = isUnexpected(error);
    if (unexpected) this.log.error("Unexpected error", { error });
    for (const diagnostic of failureDiagnostics(error)) {
      this.add(unexpected ? { ...diagnostic, detail: this.secrets.redact(diagnostic.detail) } : diagnostic);
    }
  }

  count(severity: Diagnostic["severity"]): number {
    return this.collected.filter((diagnostic) => diagnostic.severity === severity).length;
  }

  get failed(): boolean {
    return this.count("error") > 0;
  }

  toWire(): WireDiagnostic[] {
    return this.collected.map(toWireDiagnostic);
  }
}

interface Answer {
  readonly diagnostics: WireDiagnostic[];
}
interface Answering {
  readonly log: Logger;
  readonly secrets: Secrets;
}

/**
 * Makes a method of the server from the code of one call. Whatever that code throws becomes a diagnostic: a call that
 * failed as such would cost the state of the object that it is about.
 */
export function answering<Request extends object, Response extends object>(
  { log, secrets }: Answering,
  rpc: RpcName,
  handle: (request: Request, call: Call) => Promise<Response>,
): (request: Request) => Promise<Partial<Response> & Answer> {
  return async (request) => {
    const fields = { rpc, ...("typeName" in request && { type: request.typeName }) };
    const call = new Call(withFields(log, fields), secrets);
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
function withFields(log: Logger, fields: LogFields): Logger {
  const at =
    (level: keyof Logger): Logger[keyof Logger] =>
    (message, more) =>
      log[level](message, { ...fields, ...more });
  return { trace: at("trace"), debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
