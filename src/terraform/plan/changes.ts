/** Whether a plan changes the object itself. */
import { ctyTypeOf } from "../schema/cty-type";
import type { Attribute, Attributes, NestedType } from "../schema/types";
import { equalValues } from "../values/equality";
import { isArray, isRecord, type ObjectValue, partOf } from "../values/value";
import { pairObjects } from "./counterparts";

/**
 * True when the planned value differs from the prior one in more than what concerns Terraform alone: `timeouts`, and
 * unreadable attributes that get their first value after an import.
 */
export function changesObject(attributes: Attributes, prior: ObjectValue, planned: ObjectValue): boolean {
  return Object.entries(attributes).some(([name, attribute]) =>
    changesAttribute(attribute, partOf(prior, name), partOf(planned, name)),
  );
}

/** The same for one attribute. */
export function changesAttribute(
  { type, flags, timeoutDefaults }: Attribute,
  prior: unknown,
  planned: unknown,
): boolean {
  if (flags.has("writeOnly") || timeoutDefaults !== undefined) return false;
  // Whatever is configured for an unreadable attribute without a prior value is taken to be what the object has.
  if (flags.has("unreadable") && prior === null) return false;
  if (equalValues(ctyTypeOf(type), prior, planned)) return false;
  return type.kind !== "nested" || changesObjects(type, prior, planned);
}

function changesObjects(type: NestedType, prior: unknown, planned: unknown): boolean {
  const same = (before: unknown, after: unknown) =>
    isRecord(before) && isRecord(after) && !changesObject(type.attributes, before, after);
  if (type.nesting === "single") return !same(prior, planned);
  if (type.nesting === "map") {
    if (!isRecord(prior) || !isRecord(planned)) return true;
    const keys = Object.keys(planned);
    return keys.length !== Object.keys(prior).length || !keys.every((key) => same(prior[key], planned[key]));
  }
  if (!isArray(prior) || !isArray(planned) || prior.length !== planned.length) return true;
  if (type.nesting === "list") return !planned.every((after, index) => same(prior[index], after));
  return pairObjects(type, planned, prior, { fits: (after, before) => same(before, after) }).includes(null);
}
