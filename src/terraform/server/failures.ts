/** Errors as diagnostics. */
import { types } from "node:util";
import { type Diagnostic, DiagnosticError } from "../diagnostics";

/** The diagnostics that a thrown value stands for. */
export function failureDiagnostics(error: unknown): Diagnostic[] {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.flatMap(failureDiagnostics);
  if (error instanceof DiagnosticError) return [errorDiagnostic(error)];
  return [
    {
      severity: "error",
      summary: "Unexpected error",
      detail: `${describe(error)}\n\nThis is most likely a bug in the provider. Please report it to its developers, with the log of a run with TF_LOG=DEBUG.`,
    },
  ];
}

function errorDiagnostic({ summary, detail, path }: DiagnosticError): Diagnostic {
  return { severity: "error", summary, detail, ...(path !== undefined && { path }) };
}

/** True for an error whose text was not written for users; its stack belongs into the log. */
export function isUnexpected(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.some(isUnexpected);
  return !(error instanceof DiagnosticError);
}

function describe(error: unknown): string {
  return isError(error) ? `${error.name}: ${error.message}` : `A value was thrown: ${typeof error}`;
}

/** True for any error, also one of another realm: what Node.js itself throws is that in a test's sandbox. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

/** What Terraform itself would call a bug in the provider, said so that the user knows what happened and what to do. */
export function providerBug(summary: string, detail: string): Pick<Diagnostic, "severity" | "summary" | "detail"> {
  return {
    severity: "error",
    summary,
    detail: `${detail}\n\nThis is a bug in the provider. Please report it to its developers.`,
  };
}
