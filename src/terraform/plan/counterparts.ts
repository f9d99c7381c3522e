/**
 * Finding, for the parts of one value, the matching parts of another: list elements by index, map elements by key,
 * set elements by likeness.
 */
import { type Attribute, type Attributes, isUnknown, type NestedType, type Type } from "../schema/types";
import { equalValues } from "../values/equality";
import { isArray, isRecord, ownProperty } from "../values/records";

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
  const element: NestedType = { ...type, nesting: "single" };
  return pair(elements, candidates, [
    (value, candidate) => equalValues(element, value, candidate),
    (value, candidate) => isRecord(value) && isRecord(candidate) && fits(type.attributes, value, candidate),
  ]);
}

/** Gives each element at most one candidate that no other element has; earlier tests win over later ones. */
export function pair<T, C = T>(
  elements: readonly T[],
  candidates: readonly C[],
  tests: readonly ((element: T, candidate: C) => boolean)[],
): (C | null)[] {
  const free = new Map(candidates.entries());
  const pairs = new Map<number, C>();
  for (const test of tests) {
    for (const [index, element] of elements.entries()) {
      if (pairs.has(index)) continue;
      for (const [position, candidate] of free) {
        if (!test(element, candidate)) continue;
        pairs.set(index, candidate);
        free.delete(position);
        break;
      }
    }
  }
  return elements.map((_, index) => pairs.get(index) ?? null);
}

/** Whether a planned element can have come from this element of the configuration. */
export function fitsConfig(attributes: Attributes, planned: ObjectValue, config: ObjectValue): boolean {
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
        !pair<unknown>(planned, other, [objectFits]).includes(null)
      );
  }
}
