/** Finding and removing what is not known yet. */
import type { CtyType } from "./cty-type";
import { mapParts, partsOf, pathTo } from "./parts";
import type { AttributePath } from "./path";
import { isArray, isRecord, isUnknown } from "./value";

/** True when a value, or anything inside it, is unknown. */
export function containsUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  if (isArray(value)) return value.some(containsUnknown);
  if (!isRecord(value)) return false;
  for (const key in value) if (containsUnknown(value[key])) return true;
  return false;
}

/** The paths of everything unknown in a value. A set's elements have no path that holds: the set stands for them. */
export function unknownPaths(type: CtyType, value: unknown): AttributePath[] {
  return containsUnknown(value) ? [...findUnknown(type, value, [])] : [];
}

function* findUnknown(type: CtyType, value: unknown, path: AttributePath): Generator<AttributePath> {
  if (isUnknown(value) || (type.kind === "set" && containsUnknown(value))) yield path;
  for (const [key, part, partType] of partsOf(type, value)) yield* findUnknown(partType, part, pathTo(path, type, key));
}

/**
 * The value with null for everything unknown and absent, as Terraform can store it. Collections lose their unknown
 * elements, since no element may be null.
 */
export function unknownToNull(type: CtyType, value: unknown): unknown {
  if (isUnknown(value) || value === undefined) return null;
  return mapParts(type, withoutUnknownElements(type, value), unknownToNull);
}

function withoutUnknownElements({ kind }: CtyType, value: unknown): unknown {
  if ((kind === "list" || kind === "set") && isArray(value)) return value.filter((item) => !isUnknown(item));
  if (kind !== "map" || !isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, item]) => !isUnknown(item)));
}
