/** What a provider tells the user: a summary, the detail, and the attribute at fault. */

/**
 * The way to a value: an attribute's name in camelCase, an index into a list, or the key of a map.
 * An element of a set is named by `{ value }`, since sets have no order.
 */
export type PathStep = string | number | { readonly key: string } | { readonly value: unknown };
export type AttributePath = readonly PathStep[];

/** Something wrong with a configuration, found by a validator or a rule. */
export interface Problem {
  readonly path: AttributePath;
  /** What is wrong and what would be right, as one or more full sentences. */
  readonly message: string;
  /** @default "Invalid value" */
  readonly summary?: string;
}

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
