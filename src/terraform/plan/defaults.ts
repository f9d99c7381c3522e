/** Defaults: what an attribute is where the configuration has nothing. */
import type { Attribute, Attributes, Type } from "../schema/types";
import { isArray, isRecord, type ObjectValue, partOf } from "../values/value";
import { mapObjects } from "./counterparts";

/** The configuration as if the user had written every default into it. */
export function configWithDefaults(attributes: Attributes, config: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [name, effectiveValue(attribute, partOf(config, name))]),
  );
}

function effectiveValue({ type, default: fallback }: Attribute, configured: unknown): unknown {
  return withDefaultsInside(type, configured ?? fallback ?? null);
}

function withDefaultsInside(type: Type, value: unknown): unknown {
  if (type.kind !== "nested") return value;
  const inside = (element: unknown) => (isRecord(element) ? configWithDefaults(type.attributes, element) : element);
  switch (type.nesting) {
    case "single":
      return inside(value);
    case "map":
      return isRecord(value)
        ? Object.fromEntries(Object.entries(value).map(([key, element]) => [key, inside(element)]))
        : value;
    case "list":
    case "set":
      return isArray(value) ? value.map(inside) : value;
  }
}

/** Puts the defaults into a planned value, where the configuration is null. */
export function applyDefaults(attributes: Attributes, planned: ObjectValue, config: unknown): ObjectValue {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => {
      const value = partOf(planned, name);
      const configured = partOf(config, name);
      const { type, flags } = attribute;
      if (configured === null) return [name, flags.has("default") ? effectiveValue(attribute, null) : value];
      if (type.kind !== "nested") return [name, value];
      const inside = mapObjects(type, value, { config: configured, prior: null }, (object, counterparts) =>
        // An element without a counterpart stays as Terraform proposed it: a default must not hide what was configured.
        counterparts.config === null ? object : applyDefaults(type.attributes, object, counterparts.config),
      );
      return [name, inside];
    }),
  );
}
