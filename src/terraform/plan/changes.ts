/** Whether a plan changes the object itself. */
import type { Attribute, Attributes, NestedType } from "../schema/types";
import { equalValues } from "../values/equality";
import { isArray, isRecord } from "../values/records";
import { attributesOf, type ObjectValue, pair, partOf } from "./counterparts";

/**
 * True when the planned value differs from the prior one in more than what concerns Terraform alone: `timeouts`, and
 * unreadable attributes that get their first value after an import.
 */
export function changesObject(attributes: Attributes, prior: ObjectValue, planned: ObjectValue): boolean {
  return attributesOf(attributes).some(([name, attribute]) =>
    changesAttribute(attribute, partOf(prior, name), partOf(planned, name)),
  );
}

/** The same for one attribute. */
export function changesAttribute(attribute: Attribute, prior: unknown, planned: unknown): boolean {
  const { type, flags, timeoutDefaults } = attribute;
  if (flags.has("writeOnly") || timeoutDefaults !== undefined || isAdoption(attribute, prior)) return false;
  if (equalValues(type, prior, planned)) return false;
  return type.kind !== "nested" || changesObjects(type, prior, planned);
}

/** An unreadable attribute without a prior value: whatever is configured is taken to be what the object has. */
export function isAdoption({ flags }: Attribute, prior: unknown): boolean {
  return flags.has("unreadable") && prior === null;
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
  return pair<unknown>(planned, prior, [(after, before) => same(before, after)]).includes(null);
}
