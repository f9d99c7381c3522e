/** Which changed attributes replace the object. */

import { ctyTypeOfAttributes } from "../schema/cty-type";
import type { Attribute, Attributes, Change, NestedType } from "../schema/types";
import { equals, pair } from "../values/pairing";
import type { AttributePath } from "../values/path";
import { isArray, isRecord, isUnknown, partOf } from "../values/value";
import { changesAttribute } from "./changes";
import { type Counterparts, configOfSet } from "./counterparts";

interface Compared extends Counterparts {
  readonly planned: unknown;
}
/** Where a change is reported. */
interface Place {
  readonly path: AttributePath;
  /** The path goes no deeper: Terraform cannot name what is inside a set or an unknown collection. */
  readonly collapsed: boolean;
  /** Whether a change replaces where the schema does not say. */
  readonly otherwise: boolean;
}

/**
 * The paths whose change replaces the object.
 *
 * @param otherwise whether a change replaces where the schema does not say: true for a resource that has no update
 */
export function replacingPaths(attributes: Attributes, compared: Compared, otherwise: boolean): AttributePath[] {
  return [...replacing(attributes, compared, { path: [], collapsed: false, otherwise })];
}

function* replacing(attributes: Attributes, compared: Compared, place: Place): Generator<AttributePath> {
  for (const [name, attribute] of Object.entries(attributes)) {
    const parts = part(compared, name);
    if (!changesAttribute(attribute, parts.prior, parts.planned)) continue;
    if (!place.otherwise && isOnlyUndecided(attribute, parts)) continue;
    const here = step(place, name);
    if (requiresReplace(attribute, parts, place.otherwise)) yield here.path;
    else if (attribute.type.kind === "nested") yield* replacingInside(attribute.type, parts, here);
  }
}

function requiresReplace(
  { requiresReplace: condition, type }: Attribute,
  { prior, planned }: Compared,
  otherwise: boolean,
): boolean {
  // A schema's conditions differ in the type of value that they take; the value here has the attribute's type.
  if (typeof condition === "function") return (condition as (change: Change<unknown>) => boolean)({ prior, planned });
  if (condition !== undefined) return condition;
  return otherwise && !(type.kind === "nested" && haveSameShape(prior, planned));
}

/** True when two values of a nested attribute hold the same number of objects under the same keys. */
function haveSameShape(prior: unknown, planned: unknown): boolean {
  if (isArray(prior) && isArray(planned)) return prior.length === planned.length;
  if (!isRecord(prior) || !isRecord(planned)) return false;
  const keys = keysOf(planned);
  return keys.length === keysOf(prior).length && keys.every((key) => Object.hasOwn(prior, key));
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
  const before: readonly unknown[] = isArray(prior) ? prior : [];
  const after: readonly unknown[] = isArray(planned) ? planned : [];
  const configs = configOfSet(type, after, config);
  const elements = after.map((to, index) => ({ to, config: partOf(configs, index) }));
  const compare = (from: unknown, to: unknown, configured: unknown) =>
    replacing(type.attributes, { config: configured, prior: from, planned: to }, place);
  const partners = pair<unknown, (typeof elements)[number]>(before, elements, [
    equals(
      ctyTypeOfAttributes(type.attributes),
      (from) => from,
      ({ to }) => to,
    ),
    {
      fits: (from, { to, config }) => isRecord(from) && isRecord(to) && compare(from, to, config).next().done === true,
    },
  ]);
  const paired = new Set(partners);
  for (const [index, from] of before.entries()) {
    if (partners[index] === null) yield* compare(from, isUnknown(planned) ? planned : null, null);
  }
  for (const element of elements) if (!paired.has(element)) yield* compare(null, element.to, element.config);
}

function part({ config, prior, planned }: Compared, step: string | number): Compared {
  return { config: partOf(config, step), prior: partOf(prior, step), planned: partOf(planned, step) };
}

function step(place: Place, next: AttributePath[number]): Place {
  return place.collapsed ? place : { ...place, path: [...place.path, next] };
}

const lengthOf = (value: unknown): number => (isArray(value) ? value.length : 0);
const keysOf = (value: unknown): string[] => (isRecord(value) ? Object.keys(value) : []);
