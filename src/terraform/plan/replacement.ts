/** Which changed attributes replace the object. */

import { ctyTypeOfAttributes } from "../schema/cty-type";
import { entriesOf } from "../schema/entries";
import type { Attribute, Attributes, Change, NestedType } from "../schema/types";
import { equals, pair } from "../values/pairing";
import type { AttributePath } from "../values/path";
import { isArray, isRecord, isUnknown, type ObjectValue, partOf, sameShape } from "../values/value";
import { fromConfig, unchanged } from "./likeness";

interface Compared {
  readonly config: unknown;
  readonly prior: unknown;
  readonly planned: unknown;
}
type ComparedObjects = { readonly [Part in keyof Compared]: ObjectValue };
/** Where a change is reported. */
interface Place {
  readonly path: AttributePath;
  /** The path goes no deeper: Terraform cannot name what is inside a set or an unknown collection. */
  readonly collapsed: boolean;
  /** Whether a change replaces where the schema does not say. */
  readonly otherwise: boolean;
  /** The whole object. */
  readonly object: ComparedObjects;
}

/**
 * The paths whose change replaces the object.
 *
 * @param otherwise whether a change replaces where the schema does not say: true for a resource that has no update
 */
export function replacingPaths(attributes: Attributes, object: ComparedObjects, otherwise: boolean): AttributePath[] {
  return [...replacing(attributes, object, { path: [], collapsed: false, otherwise, object })];
}

// Not a `Walk`: it goes through what is gone as well as through what is planned.
function* replacing(attributes: Attributes, compared: Compared, place: Place): Generator<AttributePath> {
  for (const [name, attribute] of entriesOf(attributes)) {
    const parts = part(compared, name);
    if (unchanged.ofValues(attribute, parts.prior, parts.planned)) continue;
    if (!place.otherwise && isOnlyUndecided(attribute, parts)) continue;
    const here = step(place, name);
    if (requiresReplace(attribute, parts, place)) yield here.path;
    else if (attribute.type.kind === "nested") yield* replacingInside(attribute.type, parts, here);
  }
}

function requiresReplace(
  { requiresReplace: condition, type }: Attribute,
  { prior, planned }: Compared,
  { otherwise, object }: Place,
): boolean {
  // A schema's conditions differ in the type of value that they take; the value here has the attribute's type.
  if (typeof condition === "function")
    return (condition as (change: Change<unknown>) => boolean)({ prior, planned, object });
  if (condition !== undefined) return condition;
  return otherwise && !(type.kind === "nested" && sameShape(prior, planned));
}

/**
 * A computed value that is unknown because something else changes is no change that anyone asked for. (Without an
 * update nothing becomes unknown by itself: see `planBySchema`.)
 */
function isOnlyUndecided({ flags }: Attribute, { config, planned }: Compared): boolean {
  return flags.has("computed") && config === null && isUnknown(planned);
}

function* replacingInside(type: NestedType, compared: Compared, place: Place): Generator<AttributePath> {
  const { prior, planned } = compared;
  switch (type.nesting) {
    case "single":
      yield* replacing(type.attributes, compared, place);
      return;
    case "list":
      for (let index = 0; index < Math.max(lengthOf(prior), lengthOf(planned)); index++)
        yield* replacing(type.attributes, part(compared, index), step(place, index));
      break;
    case "map":
      for (const key of new Set([...keysOf(prior), ...keysOf(planned)]))
        yield* replacing(type.attributes, part(compared, key), step(place, { key }));
      break;
    case "set":
      yield* replacingInSet(type, compared, { ...place, collapsed: true });
  }
  // An unknown collection may get elements that prior lacks.
  if (isUnknown(planned))
    yield* replacing(type.attributes, { ...compared, prior: null }, { ...place, collapsed: true });
}

/** Elements that differ in nothing that replaces belong together; the others come and go. */
function* replacingInSet(
  type: NestedType,
  { config, prior, planned }: Compared,
  place: Place,
): Generator<AttributePath> {
  const { attributes } = type;
  const before: readonly unknown[] = isArray(prior) ? prior : [];
  const after: readonly unknown[] = isArray(planned) ? planned : [];
  const configs = fromConfig.lineUp(type, after, config);
  const compare = (from: unknown, to: unknown, configured: unknown) =>
    replacing(attributes, { config: configured, prior: from, planned: to }, place);
  // Elements that differ where any difference replaces need no look at the rest of them.
  const decisive = Object.entries(attributes).filter(([, attribute]) => alwaysReplaces(attribute, place.otherwise));
  const partners = pair(before, after, [
    equals(ctyTypeOfAttributes(attributes)),
    {
      ...equals(ctyTypeOfAttributes(Object.fromEntries(decisive))),
      fits: (from, to, position) =>
        isRecord(from) && isRecord(to) && compare(from, to, partOf(configs, position)).next().done === true,
    },
  ]);
  const paired = new Set(partners);
  for (const [index, from] of before.entries())
    if (partners[index] === null) yield* compare(from, isUnknown(planned) ? planned : null, null);
  for (const [index, to] of after.entries()) if (!paired.has(index)) yield* compare(null, to, partOf(configs, index));
}

/** True for an attribute of which any two values that differ replace. */
function alwaysReplaces(attribute: Attribute, otherwise: boolean): boolean {
  const { requiresReplace = otherwise, type, flags } = attribute;
  return (
    requiresReplace === true && type.kind !== "nested" && !flags.has("computed") && !unchanged.mayDiffer(attribute)
  );
}

function part({ config, prior, planned }: Compared, step: string | number): Compared {
  return { config: partOf(config, step), prior: partOf(prior, step), planned: partOf(planned, step) };
}

function step(place: Place, next: AttributePath[number]): Place {
  return place.collapsed ? place : { ...place, path: [...place.path, next] };
}

const lengthOf = (value: unknown): number => (isArray(value) ? value.length : 0);
const keysOf = (value: unknown): string[] => (isRecord(value) ? Object.keys(value) : []);
