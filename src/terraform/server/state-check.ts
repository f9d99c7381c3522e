/** Whether the state that life cycle code returned is one that Terraform can store. */

import type { Diagnostic } from "../diagnostics";
import { completeObject } from "../plan/complete";
import { withoutWriteOnly } from "../plan/write-only";
import { ctyTypeOfAttributes } from "../schema/cty-type";
import type { Attributes } from "../schema/types";
import type { CtyType } from "../values/cty-type";
import { equalValues } from "../values/equality";
import { pair } from "../values/pairing";
import { type AttributePath, type PathStep, renderPath } from "../values/path";
import { containsUnknown, unknownPaths, unknownToNull } from "../values/unknown";
import { isArray, isRecord, isUnknown, type ObjectValue, ownProperty } from "../values/value";
import { providerBug } from "./failures";

/** The state as Terraform can store it: complete, wholly known, write-only attributes null. */
export function storable(attributes: Attributes, state: ObjectValue): ObjectValue {
  const known = unknownToNull(ctyTypeOfAttributes(attributes), completeObject(attributes, state));
  return withoutWriteOnly(attributes, isRecord(known) ? known : {});
}

/**
 * What is wrong with a state: attributes missing or unknown, or other values than planned. Terraform would report some
 * of that as an internal error and store the rest without a word.
 */
export function stateProblems(attributes: Attributes, state: ObjectValue, planned?: ObjectValue): Diagnostic[] {
  const type = ctyTypeOfAttributes(attributes);
  const missing = Object.entries(attributes)
    .filter(([name, { flags }]) => !flags.has("writeOnly") && state[name] === undefined)
    .map(([name]): AttributePath => [name]);
  const changed = planned === undefined ? [] : differences(type, planned, storable(attributes, state));
  return [
    ...missing.map((path) => problem(path, "is missing in the state that the provider returned")),
    ...unknownPaths(type, state).map((path) => problem(path, "is unknown in the state that the provider returned")),
    ...changed
      .filter(([name]) => !missing.some(([missingName]) => missingName === name))
      .map((path) => problem(path, "has another value than the one that was planned; the new one has been stored")),
  ];
}

function problem(path: AttributePath, what: string): Diagnostic {
  const detail = `The attribute \`${renderPath(path)}\` ${what}.`;
  return { ...providerBug("Provider returned an inconsistent state", detail), path };
}

/** Where a state is not what was planned; what was planned as unknown may be anything. */
function differences(type: CtyType, planned: unknown, actual: unknown): readonly AttributePath[] {
  return [...findDifferences(type, planned, actual, [])];
}

function* findDifferences(
  type: CtyType,
  planned: unknown,
  actual: unknown,
  path: AttributePath,
): Generator<AttributePath> {
  if (isUnknown(planned) || equalValues(type, planned, actual)) return;
  const parts = comparableParts(type, planned, actual);
  if (parts === undefined) yield path;
  else
    for (const { step, type, planned, actual } of parts) yield* findDifferences(type, planned, actual, [...path, step]);
}

interface Part {
  readonly step: PathStep;
  readonly type: CtyType;
  readonly planned: unknown;
  readonly actual: unknown;
}

/** The parts to compare one by one; undefined when the values differ as wholes. */
function comparableParts(type: CtyType, planned: unknown, actual: unknown): Part[] | undefined {
  if (type.kind === "object" && isRecord(planned) && isRecord(actual)) {
    return type.attributes.map(({ property, type }) => ({
      step: property,
      type,
      planned: ownProperty(planned, property),
      actual: ownProperty(actual, property),
    }));
  }
  if (type.kind === "map" && isRecord(planned) && isRecord(actual)) {
    const keys = Object.keys(planned);
    if (keys.length !== Object.keys(actual).length || !keys.every((key) => Object.hasOwn(actual, key)))
      return undefined;
    return keys.map((key) => ({ step: { key }, type: type.element, planned: planned[key], actual: actual[key] }));
  }
  if (!isArray(planned) || !isArray(actual)) return undefined;
  if (type.kind === "list" && planned.length === actual.length)
    return planned.map((value, index) => ({ step: index, type: type.element, planned: value, actual: actual[index] }));
  // Unknown elements of a set may turn out to be equal to others, so that it has fewer in the end.
  if (type.kind === "set" && containsUnknown(planned)) {
    const known = planned.filter((element) => !isUnknown(element));
    const fits = (element: unknown, candidate: unknown) => differences(type.element, element, candidate).length === 0;
    const partners = pair<unknown, unknown>(known, actual, [{ fits }]);
    if (partners.every((partner) => partner !== null)) return [];
  }
  return undefined;
}
