/** Which planned values only become known during apply. */
import type { Attributes } from "../schema/types";
import { isUnknown, type ObjectValue, partOf, UNKNOWN } from "../values/value";
import { type Counterparts, mapObjects } from "./counterparts";

/** Marks as unknown every computed attribute that neither the configuration nor a default gives a value. */
export function markComputedUnknown(attributes: Attributes, planned: ObjectValue, config: unknown): ObjectValue {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { type, flags }]) => {
      const value = partOf(planned, name);
      const configured = partOf(config, name);
      if (configured === null && flags.has("computed")) return [name, UNKNOWN];
      if (type.kind !== "nested") return [name, value];
      const inside = mapObjects(type, value, { config: configured, prior: null }, (object, counterparts) =>
        markComputedUnknown(type.attributes, object, counterparts.config),
      );
      return [name, inside];
    }),
  );
}

/** Gives unknown attributes that outlive changes (`useStateForUnknown`) the value that they have now. */
export function keepStateForUnknown(
  attributes: Attributes,
  planned: ObjectValue,
  { config, prior }: Counterparts,
): ObjectValue {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { type, useStateForUnknown }]) => {
      const value = partOf(planned, name);
      const counterparts = { config: partOf(config, name), prior: partOf(prior, name) };
      if (isUnknown(value)) {
        const keeps = useStateForUnknown && counterparts.prior !== null && !isUnknown(counterparts.config);
        return [name, keeps ? counterparts.prior : value];
      }
      if (type.kind !== "nested") return [name, value];
      const inside = mapObjects(type, value, counterparts, (object, found) =>
        keepStateForUnknown(type.attributes, object, found),
      );
      return [name, inside];
    }),
  );
}
