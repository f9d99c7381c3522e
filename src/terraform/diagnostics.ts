/** What a provider tells the user: a summary, the detail, and the attribute at fault. */

import type { AttributePath } from "./values/path";

export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** One line, without a full stop. */
  readonly summary: string;
  /** What failed, where, why, and what to do now. */
  readonly detail: string;
  readonly path?: AttributePath;
}

/** An error that already reads as the user should see it. Any other error becomes "Unexpected error". */
export class DiagnosticError extends Error {
  override readonly name: string = "DiagnosticError";

  constructor(
    readonly summary: string,
    readonly detail: string,
    readonly path?: AttributePath,
    options?: ErrorOptions,
  ) {
    super(`${summary}: ${detail}`, options);
  }
}
