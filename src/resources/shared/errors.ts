/** What goes wrong between us and the Integration Server, as Terraform's users read it. */
import { IntegrationServerError } from "../../integration-server";
import { DiagnosticError } from "../../terraform";

/**
 * Does something with the Integration Server. An error of the REST client becomes "Unable to <action>"; anything else,
 * such as an interruption, passes through.
 */
export async function attempt<T>(action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explained(action, error);
  }
}

/** The error as a diagnostic, where it comes from the REST client; `whatNow` replaces the client's own advice. */
export function explained(action: string, error: unknown, whatNow?: string): unknown {
  if (!(error instanceof IntegrationServerError)) return error;
  const detail = `${sentence(error.message)} ${whatNow ?? error.advice}`;
  return new DiagnosticError(`Unable to ${action}`, detail, undefined, { cause: error });
}

/** The error, and what the failed operation has left behind. */
export function withRemark({ summary, detail, path }: DiagnosticError, remark: string): DiagnosticError {
  return new DiagnosticError(summary, `${detail}\n\n${remark}`, path);
}

/** Several errors as one; Terraform shows each of them. */
export function combined(errors: readonly DiagnosticError[]): Error {
  const [first] = errors;
  return first !== undefined && errors.length === 1
    ? first
    : new AggregateError(errors, errors.map(({ message }) => message).join("\n"));
}

/** The text with exactly one full stop at its end. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
