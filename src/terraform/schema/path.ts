/** Attribute paths as Terraform users read them. */
import type { AttributePath, PathStep } from "../diagnostics";
import { toSnakeCase } from "./names";

/** `admin.password_wo`, `networks[0].static`, `tags["Owner"]`. An element of a set is `[*]`: sets have no order. */
export function renderPath(path: AttributePath): string {
  return path.map(renderStep).join("").replace(/^\./, "");
}

function renderStep(step: PathStep): string {
  if (typeof step === "string") return `.${toSnakeCase(step)}`;
  if (typeof step === "number") return `[${step}]`;
  return "key" in step ? `[${JSON.stringify(step.key)}]` : "[*]";
}
