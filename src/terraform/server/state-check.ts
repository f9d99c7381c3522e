/** Whether the state that life cycle code returned is one that Terraform can store. */

import type { Diagnostic } from "../diagnostics";
import { ctyTypeOfAttributes } from "../schema/cty-type";
import { entriesOf } from "../schema/entries";
import { withoutWriteOnly } from "../schema/objects";
import type { Attributes } from "../schema/types";
import { type CtyType, ctyObject } from "../values/cty-type";
import { equalValues } from "../values/equality";
import { equals, pair } from "../values/pairing";
import { partsOf, pathTo } from "../values/parts";
import { type AttributePath, renderPath } from "../values/path";
import { containsUnknown, unknownPaths, unknownToNull } from "../values/unknown";
import { isArray, isRecord, isUnknown, type ObjectValue, partOf, sameShape } from "../values/value";
import { providerBug } from "./failures";

/** The state as Terraform can store it: complete, wholly known, write-only attributes null. */
export function storable(attributes: Attributes, state: ObjectValue): ObjectValue {
  const known = unknownToNull(ctyTypeOfAttributes(attributes), state);
  return withoutWriteOnly(attributes, isRecord(known) ? known : {});
}

/**
 * What is wrong with a state: attributes missing or unknown, or other values than planned. Terraform would report some
 * of that as an internal error and store the rest without a word.
 */
export function stateProblems(attributes: Attributes, state: ObjectValue, planned?: ObjectValue): Diagnostic[] {
  const type = ctyTypeOfAttributes(attributes);
  const missing = entriesOf(attributes)
    .filter(([name, { flags }]) => !flags.has("writeOnly") && state[name] === undefined)
    .map(([name]): AttributePath => [name]);
  const changed = planned === undefined ? [] : [...differences(type, planned, storable(attributes, state))];
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
function* differences(
  type: CtyType,
  planned: unknown,
  actual: unknown,
  path: AttributePath = [],
): Generator<AttributePath> {
  if (isUnknown(planned) || equalValues(type, planned, actual)) return;
  const asWholes =
    type.kind === "set"
      ? !mayBecome(type.element, planned, actual)
      : type.kind === "dynamic" || !sameShape(planned, actual);
  if (asWholes) yield path;
  else
    for (const [key, part, partType] of partsOf(type, planned))
      yield* differences(partType, part, partOf(actual, key), pathTo(path, type, key));
}

/** Whether a set's elements can all be there. Unknown ones may turn out equal to others, and the set be smaller. */
function mayBecome(element: CtyType, planned: unknown, actual: unknown): boolean {
  if (!isArray(planned) || !isArray(actual) || !containsUnknown(planned)) return false;
  const known = planned.filter((value) => !isUnknown(value));
  const fits = (value: unknown, candidate: unknown) => differences(element, value, candidate).next().done === true;
  const isKnown = (property: string) => !known.some((value) => containsUnknown(partOf(value, property)));
  const alike =
    element.kind === "object" ? equals(ctyObject(element.attributes.filter(({ property }) => isKnown(property)))) : {};
  return !pair(known, actual, [{ ...alike, fits }]).includes(null);
}
