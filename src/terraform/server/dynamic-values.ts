/** The protocol's values as objects of a schema, and back. */
import { DiagnosticError } from "../diagnostics";
import type { DynamicValue } from "../protocol/tfplugin6";
import { ctyTypeOfAttributes } from "../schema/cty-type";
import type { Attributes } from "../schema/types";
import { decodeJson } from "../values/json";
import { decode, encode } from "../values/msgpack";
import { isRecord, type ObjectValue } from "../values/value";

/** The object that Terraform sent, or null. */
export function decodeObject(attributes: Attributes, value: DynamicValue | undefined): ObjectValue | null {
  const type = ctyTypeOfAttributes(attributes);
  const decoded = value?.msgpack ? decode(type, value.msgpack) : value?.json ? decodeJson(type, value.json) : null;
  if (decoded === null) return null;
  if (isRecord(decoded)) return decoded;
  throw new DiagnosticError("Unable to decode a value", "Terraform sent an unknown value where it never does.");
}

/** The same where Terraform always sends one. */
export function decodeConfig(attributes: Attributes, value: DynamicValue | undefined): ObjectValue {
  const config = decodeObject(attributes, value);
  if (config !== null) return config;
  throw new DiagnosticError("Unable to decode a value", "Terraform sent no configuration where it always does.");
}

export function encodeObject(attributes: Attributes, value: ObjectValue | null): DynamicValue {
  return { msgpack: encode(ctyTypeOfAttributes(attributes), value) };
}

/**
 * Encodes the state of an object that exists, whatever is in it: attributes whose value does not fit the schema become
 * null, and `report` gets the error of each.
 */
export function encodeWhatFits(
  attributes: Attributes,
  state: ObjectValue,
  report: (error: unknown) => void,
): DynamicValue {
  const fitting = Object.entries(attributes).filter(([name]) => {
    try {
      encodeObject(attributes, { [name]: state[name] });
      return true;
    } catch (error) {
      report(error);
      return false;
    }
  });
  return encodeObject(attributes, Object.fromEntries(fitting.map(([name]) => [name, state[name] ?? null])));
}
