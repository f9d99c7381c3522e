import { DiagnosticError } from "../diagnostics";
import { type AttributePath, renderPath } from "./path";

/** The error for data that cannot be read. */
export function undecodable(path: AttributePath, problem: string, cause?: unknown): DiagnosticError {
  const place = path.length === 0 ? "The value" : `The value of \`${renderPath(path)}\``;
  return new DiagnosticError(
    "Unable to decode a value",
    `${place} that Terraform sent does not fit the schema: ${problem}. The state may come from another version of the provider.`,
    [...path],
    { cause },
  );
}
