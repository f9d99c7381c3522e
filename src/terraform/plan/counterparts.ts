/**
 * Finding, for the parts of one value, the matching parts of another: list elements by index, map elements by key,
 * set elements by likeness.
 */
import { ctyTypeOf } from "../schema/cty-type";
import { type Attribute, type Attributes, isUnknown, type NestedType, type Type } from "../schema/types";
import { canonicalText, equalValues } from "../values/equality";
import { isArray, isRecord, ownProperty } from "../values/records";
import { equals, type Match, pair } from "./pairing";

/** An object's attributes by their camelCase names. */
export type ObjectValue = Readonly<Record<string, unknown>>;

/** The part of a value at a name or an index; a null value has null parts, an unknown one unknown parts. */
export function partOf(value: unknown, step: string | number): unknown {
  if (isUnknown(value)) return value;
  if (isArray(value)) return value[Number(step)] ?? null;
  return isRecord(value) ? ownProperty(value, String(step)) : null;
}

/** The attributes' names with their declarations. */
export function attributesOf(attributes: Attributes): [string, Attribute][] {
  return Object.entries(attributes);
}

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
  return pair(elements, candidates, [equals(objectOf(type), itself, itself), match]);
}

/** What the configuration alone decides in an element, and is therefore the same wherever the element turns up. */
function configuredText(attributes: Attributes, element: unknown): string {
  const decided = attributesOf(attributes).filter(
    ([, { type, flags }]) =>
      type.kind !== "nested" && !flags.has("computed") && !flags.has("default") && !flags.has("writeOnly"),
  );
  return decided.map(([name, { type }]) => canonicalText(ctyTypeOf(type), partOf(element, name))).join();
}

/** The type of a nested attribute's elements. The same object each time, since what is made of a type is kept with it. */
export function objectOf(type: NestedType): NestedType {
  let object = objects.get(type);
  if (object === undefined) {
    object = { ...type, nesting: "single" };
    objects.set(type, object);
  }
  return object;
}
const objects = new WeakMap<NestedType, NestedType>();

/** Whether a planned element can have come from this element of the configuration. */
function fitsConfig(attributes: Attributes, planned: ObjectValue, config: ObjectValue): boolean {
  return attributesOf(attributes).every(([name, { type, flags }]) => {
    const configured = partOf(config, name);
    if (flags.has("writeOnly")) return true;
    if (configured === null && (flags.has("computed") || flags.has("default"))) return true;
    return fitsValue(type, partOf(planned, name), configured, fitsConfig);
  });
}

/** Whether a planned element is the prior one, as far as the user can say: computed attributes may differ. */
function fitsPrior(attributes: Attributes, planned: ObjectValue, prior: ObjectValue): boolean {
  return attributesOf(attributes).every(([name, { type, flags }]) => {
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
  if (equalValues(type, planned, other)) return true;
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
