/** Terraform's rules for a plan. It would stop with an internal error where a provider breaks them; this says more. */
import { ctyTypeOf } from "../schema/cty-type";
import type { Attribute, Attributes, NestedType } from "../schema/types";
import { equalValues } from "../values/equality";
import type { AttributePath } from "../values/path";
import { isArray, isRecord, isUnknown, partOf } from "../values/value";
import type { Counterparts } from "./counterparts";

export interface Violation {
  readonly path: AttributePath;
  /** What is wrong, as the end of a sentence about the attribute. Without values: they may be sensitive. */
  readonly problem: string;
}
interface Compared extends Counterparts {
  readonly planned: unknown;
}

/** What Terraform would refuse: values other than the configured or the prior ones where only the user decides. */
export function* planViolations(
  attributes: Attributes,
  compared: Compared,
  path: AttributePath = [],
): Generator<Violation> {
  for (const [name, attribute] of Object.entries(attributes))
    yield* attributeViolations(attribute, partsOf(compared, name), [...path, name]);
}

function* attributeViolations(
  { type, flags }: Attribute,
  compared: Compared,
  path: AttributePath,
): Generator<Violation> {
  const { config, prior, planned } = compared;
  if (flags.has("writeOnly")) {
    if (planned !== null) yield { path, problem: "is write-only and must be null in the plan" };
    return;
  }
  if (equalValues(ctyTypeOf(type), planned, config)) return;
  if (prior !== null && config !== null && equalValues(ctyTypeOf(type), planned, prior)) return;
  const computed = flags.has("computed") || flags.has("default");
  if (computed && (config === null || !(flags.has("optional") || flags.has("required")))) return;
  if (config === null) yield { path, problem: "is not computed and not configured, so its planned value must be null" };
  else if (type.kind === "nested" && planned !== null && !isUnknown(planned))
    yield* nestedViolations(type, compared, path);
  else yield { path, problem: "is planned with a value that is neither the configured nor the prior one" };
}

function* nestedViolations(type: NestedType, compared: Compared, path: AttributePath): Generator<Violation> {
  const { config, planned } = compared;
  if (isUnknown(config)) {
    yield { path, problem: "is unknown in the configuration and must be unknown in the plan" };
  } else if (isRecord(planned) && isRecord(config)) {
    if (type.nesting === "single") {
      yield* planViolations(type.attributes, compared, path);
      return;
    }
    const keys = Object.keys(planned);
    if (keys.length !== Object.keys(config).length || !keys.every((key) => Object.hasOwn(config, key)))
      yield { path, problem: "is planned with other keys than configured" };
    else for (const key of keys) yield* elementViolations(type, partsOf(compared, key), [...path, { key }]);
  } else if (isArray(planned) && isArray(config)) {
    if (planned.length !== config.length)
      yield { path, problem: "is planned with another number of elements than configured" };
    else if (type.nesting === "list")
      for (const index of planned.keys()) yield* elementViolations(type, partsOf(compared, index), [...path, index]);
  }
}

function* elementViolations(type: NestedType, compared: Compared, path: AttributePath): Generator<Violation> {
  if (isRecord(compared.planned) && isRecord(compared.config)) yield* planViolations(type.attributes, compared, path);
}

function partsOf({ config, prior, planned }: Compared, step: string | number): Compared {
  return { config: partOf(config, step), prior: partOf(prior, step), planned: partOf(planned, step) };
}
