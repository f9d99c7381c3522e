/** Stored states: JSON with Terraform's names, from this version of a schema or an older one. */
import { DiagnosticError } from "../diagnostics";
import type { RawState } from "../protocol/tfplugin6";
import { ctyTypeOfAttributes } from "../schema/cty-type";
import { defaultOf, withoutWriteOnly } from "../schema/objects";
import type { Attributes, Type } from "../schema/types";
import { fromJson } from "../values/from-json";
import { parseJson } from "../values/json";
import { isArray, isRecord, mapEntries, mapItems, type ObjectValue, partOf } from "../values/value";

type RawObject = Readonly<Record<string, unknown>>;

/** The JSON of a stored state. */
export function rawStateJson(state: RawState | undefined): RawObject {
  if (state !== undefined && state.json.length > 0) {
    const raw = parseJson(new TextDecoder().decode(state.json));
    if (isRecord(raw)) return raw;
  }
  throw new DiagnosticError(
    "Unable to read the stored state",
    "The state is not in the form that Terraform 0.12 and later write. Let that version of Terraform that wrote it, or one soon after, write it anew.",
  );
}

/** The state that JSON stands for: attributes that the schema no longer has are dropped, those that the JSON lacks are null. */
export function stateFromJson(attributes: Attributes, raw: RawObject): ObjectValue {
  const state = fromJson(ctyTypeOfAttributes(attributes), raw, "lenient");
  return withoutWriteOnly(attributes, isRecord(state) ? state : {});
}

/**
 * The same for a state of the type's own. An attribute that it lacks came later, so nobody has configured it: it is its
 * default, where it has one, or a new version of a provider would plan a change of every object.
 */
export function ownStateFromJson(attributes: Attributes, raw: RawObject): ObjectValue {
  return withNewDefaults(attributes, stateFromJson(attributes, raw), raw);
}

function withNewDefaults(attributes: Attributes, state: ObjectValue, raw: RawObject): ObjectValue {
  let complete: Record<string, unknown> | undefined;
  ctyTypeOfAttributes(attributes).attributes.forEach(({ name, property }) => {
    const attribute = attributes[property];
    const old = state[property];
    if (attribute === undefined) return;
    const isThere = Object.hasOwn(raw, name);
    const otherwise = attribute.flags.has("default") ? defaultOf(attribute) : old;
    const value = isThere ? withDefaultsInside(attribute.type, old, raw[name]) : otherwise;
    if (value === old) return;
    complete ??= { ...state };
    complete[property] = value;
  });
  return complete ?? state;
}

function withDefaultsInside(type: Type, value: unknown, raw: unknown): unknown {
  if (type.kind !== "nested") return value;
  const one = (element: unknown, old: unknown) =>
    isRecord(element) && isRecord(old) ? withNewDefaults(type.attributes, element, old) : element;
  if (type.nesting === "single") return one(value, raw);
  if (isArray(value)) return mapItems(value, (element, index) => one(element, partOf(raw, index)));
  return isRecord(value) ? mapEntries(value, (element, key) => one(element, partOf(raw, key))) : value;
}
