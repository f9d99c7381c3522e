/** What is written in other small and capital letters than in the state, where that makes no difference. */
import { ctyTypeOf } from "../schema/cty-type";
import type { Attribute, Attributes } from "../schema/types";
import { Walk } from "../schema/walk";
import { equalValues } from "../values/equality";
import { isArray, type ObjectValue } from "../values/value";

const written = new Walk(({ ignoresCase }) => ignoresCase);

/** Plans the state's spelling. It goes into no nested set, whose elements have nothing but their values to be told by. */
export function keepSpelling(attributes: Attributes, planned: ObjectValue, prior: ObjectValue | null): ObjectValue {
  return written.transform(attributes, [planned, prior], (attribute, values) =>
    isSame(attribute, values[0], values[1]) ? values[1] : values[0],
  );
}

function isSame({ type }: Attribute, value: unknown, before: unknown): boolean {
  if (value === null || before === null || before === undefined) return false;
  return equalValues(ctyTypeOf(type), withoutCase(value), withoutCase(before));
}

function withoutCase(value: unknown): unknown {
  if (typeof value === "string") return value.toLowerCase();
  return isArray(value) ? value.map(withoutCase) : value;
}
