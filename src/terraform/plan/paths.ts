/** Comparing attribute paths. */
import type { AttributePath, PathStep } from "../diagnostics";
import { renderPath } from "../schema/path";

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
