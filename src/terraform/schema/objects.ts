/** What follows from a schema for an object by itself. */
import { equalValues } from "../values/equality";
import { completeValue } from "../values/parts";
import { isRecord, type ObjectValue } from "../values/value";
import { ctyTypeOf, ctyTypeOfAttributes } from "./cty-type";
import type { Attribute, Attributes } from "./types";
import { type Make, Walk } from "./walk";

/** The object with null for what it lacks, however deep, and without what its schema does not name. */
export function completeObject(attributes: Attributes, object: ObjectValue): ObjectValue {
  const complete = completeValue(ctyTypeOfAttributes(attributes), object);
  return isRecord(complete) ? complete : {};
}

const writeOnly = new Walk(({ flags }) => flags.has("writeOnly"));

/** The object with every write-only attribute null: those are known from the configuration alone. */
export function withoutWriteOnly(attributes: Attributes, object: ObjectValue): ObjectValue {
  return writeOnly.transform(attributes, [object], () => null);
}

const defaults = new Walk(({ flags }) => flags.has("default"));
const orDefault: Make = ({ type, default: fallback }, values) => values[0] ?? completeValue(ctyTypeOf(type), fallback);

/** The configuration as if the user had written every default into it. */
export function configWithDefaults(attributes: Attributes, config: ObjectValue): ObjectValue {
  return defaults.transform(attributes, [config], orDefault);
}

const everything = new Walk(() => true);

/** The configuration that an object may have come from: without secrets, and without what it need not say. */
export function configurationOf(attributes: Attributes, object: ObjectValue): ObjectValue {
  return everything.transform(attributes, [object], (attribute, [value]) => {
    const { flags, type } = attribute;
    const isConfigurable = flags.has("required") || flags.has("optional");
    if (!isConfigurable || flags.has("writeOnly")) return null;
    return flags.has("default") && equalValues(ctyTypeOf(type), value, defaultOf(attribute)) ? null : value;
  });
}

/** An attribute's default, with the defaults inside it. */
export function defaultOf(attribute: Attribute): unknown {
  return defaults.transformInside(attribute.type, [orDefault(attribute, [null])], orDefault);
}
