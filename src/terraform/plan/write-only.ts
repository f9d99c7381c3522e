/** Write-only attributes: known from the configuration alone, null everywhere else. */
import type { Attributes } from "../schema/types";
import { type ObjectValue, partOf } from "../values/value";
import { mapObjects } from "./counterparts";

/** The same value with every write-only attribute null. */
export function withoutWriteOnly(attributes: Attributes, value: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { type, flags }]) => {
      if (flags.has("writeOnly")) return [name, null];
      const part = partOf(value, name);
      if (type.kind !== "nested") return [name, part];
      return [
        name,
        mapObjects(type, part, { config: null, prior: null }, (object) => withoutWriteOnly(type.attributes, object)),
      ];
    }),
  );
}
