/** Attribute paths: where something stands in a value, and how Terraform users read that. */
import { toSnakeCase } from "./names";

/**
 * The way to a value: an attribute's name in camelCase, an index into a list, or the key of a map.
 * An element of a set is named by `{ value }`, since sets have no order.
 */
export type PathStep = string | number | { readonly key: string } | { readonly value: unknown };
export type AttributePath = readonly PathStep[];

/** `admin.password_wo`, `networks[0].static`, `tags["Owner"]`. An element of a set is `[*]`: sets have no order. */
export function renderPath(path: AttributePath): string {
  return path.map(renderStep).join("").replace(/^\./, "");
}

function renderStep(step: PathStep): string {
  if (typeof step === "string") return `.${toSnakeCase(step)}`;
  if (typeof step === "number") return `[${step}]`;
  return "key" in step ? `[${JSON.stringify(step.key)}]` : "[*]";
}

const stepsOf = (path: AttributePath): string[] => path.map((step: PathStep) => JSON.stringify(step));

/** True for the path itself and for whatever is below it. */
export function isWithin(path: AttributePath, ancestor: AttributePath): boolean {
  const steps = stepsOf(path);
  return stepsOf(ancestor).every((step, index) => step === steps[index]);
}

/** The paths in the order of their text, each once. */
export function sortedUnique(paths: readonly AttributePath[]): AttributePath[] {
  const byText = new Map(paths.map((path) => [renderPath(path), path]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
}
