/** The protocol's values as objects of a schema, and back. */
import { DiagnosticError } from "../diagnostics";
import type { DynamicValue } from "../protocol/tfplugin6";
import { ctyTypeOfAttributes } from "../schema/cty-type";
import type { Attributes } from "../schema/types";
import { equalValues } from "../values/equality";
import { decodeJson } from "../values/json";
import { decode } from "../values/msgpack/decode";
import { encode, encodeInTurns } from "../values/msgpack/encode";
import { isRecord, type ObjectValue } from "../values/value";
import { bytesOfRecent, decodedOnce, remember } from "./recent-values";

/** The object that Terraform sent, or null. */
export function decodeObject(attributes: Attributes, value: DynamicValue | undefined): ObjectValue | null {
  const type = ctyTypeOfAttributes(attributes);
  const { msgpack, json } = value ?? {};
  if (msgpack) return decodedOnce(type, msgpack, () => objectOrNull(decode(type, msgpack)));
  return json ? objectOrNull(decodeJson(type, json)) : null;
}

function objectOrNull(decoded: unknown): ObjectValue | null {
  if (decoded === null || isRecord(decoded)) return decoded;
  throw new DiagnosticError("Unable to decode a value", "Terraform sent an unknown value where it never does.");
}

/** The same where Terraform always sends one. */
export function decodeConfig(attributes: Attributes, value: DynamicValue | undefined): ObjectValue {
  const config = decodeObject(attributes, value);
  if (config !== null) return config;
  throw new DiagnosticError("Unable to decode a value", "Terraform sent no configuration where it always does.");
}

export function encodeObject(attributes: Attributes, value: ObjectValue | null): DynamicValue {
  const type = ctyTypeOfAttributes(attributes);
  return { msgpack: (value && bytesOfRecent(type, value)) ?? encode(type, value) };
}

/** The same for what may be long, such as fifty thousand machines: others have their turn meanwhile. */
export async function encodeObjectInTurns(attributes: Attributes, value: ObjectValue): Promise<DynamicValue> {
  return { msgpack: await encodeInTurns(ctyTypeOfAttributes(attributes), value) };
}

/** Encodes a new value of an object; where it is the same as an earlier one, as that. */
export function encodeNext(attributes: Attributes, value: ObjectValue, earlier: ObjectValue | null): DynamicValue {
  const isTheSame = earlier !== null && equalValues(ctyTypeOfAttributes(attributes), value, earlier);
  return encodeObject(attributes, isTheSame ? earlier : value);
}

/** Encodes a value that is as if it had been decoded, and will come back soon. */
export function encodeDecoded(attributes: Attributes, value: ObjectValue): DynamicValue {
  const type = ctyTypeOfAttributes(attributes);
  const msgpack = encode(type, value);
  remember(type, msgpack, value);
  return { msgpack };
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
  try {
    return encodeObject(attributes, state);
  } catch {
    // Something does not fit; below is found out what.
  }
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
