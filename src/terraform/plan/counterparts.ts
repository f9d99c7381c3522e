/**
 * Finding, for the parts of one value, the matching parts of another: list elements by index, map elements by key,
 * set elements by likeness.
 */
import { ctyTypeOf, ctyTypeOfAttributes } from "../schema/cty-type";
import type { Attributes, NestedType, Type } from "../schema/types";
import { canonicalText, equalValues } from "../values/equality";
import { equals, type Match, pair } from "../values/pairing";
import { isArray, isRecord, isUnknown, type ObjectValue, partOf } from "../values/value";

/** An object, or an element of a collection, and what stands at the same place in other values. */
export interface Counterparts {
  readonly config: unknown;
  readonly prior: unknown;
}

/**
 * Applies `transform` to each object in a nested attribute's planned value, together with its counterparts.
 * Null and unknown values stay as they are.
 */
export function mapObjects(
  type: NestedType,
  planned: unknown,
  { config, prior }: Counterparts,
  transform: (planned: ObjectValue, counterparts: Counterparts) => ObjectValue,
): unknown {
  const apply = (value: unknown, counterparts: Counterparts) =>
    isRecord(value) ? transform(value, counterparts) : value;
  switch (type.nesting) {
    case "single":
      return apply(planned, { config, prior });
    case "list":
      if (!isArray(planned)) return planned;
      return planned.map((value, index) =>
        apply(value, { config: partOf(config, index), prior: partOf(prior, index) }),
      );
    case "map":
      if (!isRecord(planned)) return planned;
      return Object.fromEntries(
        Object.entries(planned).map(([key, value]) => [
          key,
          apply(value, { config: partOf(config, key), prior: partOf(prior, key) }),
        ]),
      );
    case "set": {
      if (!isArray(planned)) return planned;
      const configs = configOfSet(type, planned, config);
      const priors = pairSet(type, planned, prior, fitsPrior);
      return planned.map((value, index) =>
        apply(value, { config: partOf(configs, index), prior: partOf(priors, index) }),
      );
    }
  }
}

/** The configuration of each planned set element, or null; of an unknown configuration, unknown. */
export function configOfSet(type: NestedType, planned: readonly unknown[], config: unknown): unknown {
  return pairSet(type, planned, config, fitsConfig);
}

function pairSet(
  type: NestedType,
  elements: readonly unknown[],
  candidates: unknown,
  fits: (attributes: Attributes, element: ObjectValue, candidate: ObjectValue) => boolean,
): unknown {
  if (!isArray(candidates)) return candidates;
  const textOf = (value: unknown) => configuredText(type.attributes, value);
  return pairObjects(type, elements, candidates, {
    textOf: { element: textOf, candidate: textOf },
    fits: (element, candidate) => isRecord(element) && isRecord(candidate) && fits(type.attributes, element, candidate),
  });
}

/** Pairs set elements that are equal, then those that match. */
export function pairObjects(
  type: NestedType,
  elements: readonly unknown[],
  candidates: readonly unknown[],
  match: Match<unknown, unknown>,
): unknown[] {
  const itself = (value: unknown) => value;
  return pair(elements, candidates, [equals(ctyTypeOfAttributes(type.attributes), itself, itself), match]);
}

/** What the configuration alone decides in an element, and is therefore the same wherever the element turns up. */
function configuredText(attributes: Attributes, element: unknown): string {
  const decided = Object.entries(attributes).filter(
    ([, { type, flags }]) =>
      type.kind !== "nested" && !flags.has("computed") && !flags.has("default") && !flags.has("writeOnly"),
  );
  return decided.map(([name, { type }]) => canonicalText(ctyTypeOf(type), partOf(element, name))).join();
}

/** Whether a planned element can have come from this element of the configuration. */
function fitsConfig(attributes: Attributes, planned: ObjectValue, config: ObjectValue): boolean {
  return Object.entries(attributes).every(([name, { type, flags }]) => {
    const configured = partOf(config, name);
    if (flags.has("writeOnly")) return true;
    if (configured === null && (flags.has("computed") || flags.has("default"))) return true;
    return fitsValue(type, partOf(planned, name), configured, fitsConfig);
  });
}

/** Whether a planned element is the prior one, as far as the user can say: computed attributes may differ. */
function fitsPrior(attributes: Attributes, planned: ObjectValue, prior: ObjectValue): boolean {
  return Object.entries(attributes).every(([name, { type, flags }]) => {
    const value = partOf(planned, name);
    if (flags.has("writeOnly") || (isUnknown(value) && flags.has("computed"))) return true;
    return fitsValue(type, value, partOf(prior, name), fitsPrior);
  });
}

function fitsValue(
  type: Type,
  planned: unknown,
  other: unknown,
  fits: (attributes: Attributes, planned: ObjectValue, other: ObjectValue) => boolean,
): boolean {
  if (equalValues(ctyTypeOf(type), planned, other)) return true;
  if (type.kind !== "nested") return false;
  const objectFits = (x: unknown, y: unknown) => isRecord(x) && isRecord(y) && fits(type.attributes, x, y);
  switch (type.nesting) {
    case "single":
      return objectFits(planned, other);
    case "map":
      return (
        isRecord(planned) &&
        isRecord(other) &&
        Object.keys(planned).length === Object.keys(other).length &&
        Object.entries(planned).every(([key, value]) => objectFits(value, other[key]))
      );
    case "list":
      return (
        isArray(planned) &&
        isArray(other) &&
        planned.length === other.length &&
        planned.every((value, index) => objectFits(value, other[index]))
      );
    case "set":
      return (
        isArray(planned) &&
        isArray(other) &&
        planned.length === other.length &&
        !pairObjects(type, planned, other, { fits: objectFits }).includes(null)
      );
  }
}
