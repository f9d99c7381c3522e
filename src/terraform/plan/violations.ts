/** Terraform's rules for a plan. It would stop with an internal error where a provider breaks them; this says more. */
import { ctyTypeOf } from "../schema/cty-type";
import type { Attribute, Attributes } from "../schema/types";
import { type Values, Walk } from "../schema/walk";
import { equalValues } from "../values/equality";
import type { AttributePath } from "../values/path";
import { isArray, isUnknown, type ObjectValue, sameShape } from "../values/value";

export interface Violation {
  readonly path: AttributePath;
  /** What is wrong, as the end of a sentence about the attribute. Without values: they may be sensitive. */
  readonly problem: string;
}

const everything = new Walk(() => true);

/** What Terraform would refuse: values other than the configured or the prior ones where only the user decides. */
export function planViolations(
  attributes: Attributes,
  values: readonly [planned: ObjectValue, config: ObjectValue, prior: ObjectValue | null],
): Violation[] {
  const violations: Violation[] = [];
  everything.visit(attributes, values, (attribute, parts, path) => {
    if (isAllowed(attribute, parts)) return false;
    const problem = problemOf(attribute, parts[0], parts[1]);
    if (problem !== undefined) violations.push({ path: [...path], problem });
    return problem === undefined;
  });
  return violations;
}

function isAllowed({ type, flags }: Attribute, values: Values): boolean {
  const planned = values[0];
  const config = values[1];
  const prior = values[2];
  if (flags.has("writeOnly")) return planned === null;
  const cty = ctyTypeOf(type);
  // What stays is most often the prior value itself, which takes no time to compare.
  if ((prior ?? null) !== null && config !== null && equalValues(cty, planned, prior)) return true;
  if (equalValues(cty, planned, config)) return true;
  const computed = flags.has("computed") || flags.has("default");
  return computed && (config === null || !(flags.has("optional") || flags.has("required")));
}

/** Undefined where it takes a look inside to say. */
function problemOf({ type, flags }: Attribute, planned: unknown, config: unknown): string | undefined {
  if (flags.has("writeOnly")) return "is write-only and must be null in the plan";
  if (config === null) return "is not computed and not configured, so its planned value must be null";
  if (type.kind !== "nested" || planned === null || isUnknown(planned))
    return "is planned with a value that is neither the configured nor the prior one";
  if (isUnknown(config)) return "is unknown in the configuration and must be unknown in the plan";
  if (type.nesting === "single" || sameShape(planned, config)) return undefined;
  return isArray(planned)
    ? "is planned with another number of elements than configured"
    : "is planned with other keys than configured";
}
