/** Whether two values are the same as far as it matters, and which elements of two sets therefore belong together. */

import { ctyTypeOf, ctyTypeOfAttributes } from "../schema/cty-type";
import { entriesOf } from "../schema/entries";
import type { Attribute, Attributes, NestedType } from "../schema/types";
import type { LineUp } from "../schema/walk";
import { equalValues } from "../values/equality";
import { equals, type Match, pair } from "../values/pairing";
import { isArray, isRecord, isUnknown, partOf, sameShape } from "../values/value";

// Not a `Walk`: the first difference ends it.
/** Compares two values attribute by attribute. */
export class Likeness {
  private readonly decisive = new WeakMap<Attributes, Match>();

  /**
   * @param mayDiffer whether values of an attribute may differ
   * @param excuses whether these two may, which do differ
   */
  constructor(
    readonly mayDiffer: (attribute: Attribute) => boolean,
    private readonly excuses: (attribute: Attribute, value: unknown, other: unknown) => boolean,
  ) {}

  /** True when two objects differ only as they may. */
  ofObjects(attributes: Attributes, object: unknown, other: unknown): boolean {
    if (!isRecord(object) || !isRecord(other)) return false;
    return entriesOf(attributes).every(([name, attribute]) =>
      this.ofValues(attribute, partOf(object, name), partOf(other, name)),
    );
  }

  /** The same for two values of an attribute. */
  ofValues(attribute: Attribute, value: unknown, other: unknown): boolean {
    const { type } = attribute;
    if (equalValues(ctyTypeOf(type), value, other)) return true;
    if (this.mayDiffer(attribute) && this.excuses(attribute, value, other)) return true;
    return type.kind === "nested" && this.inside(type, value, other);
  }

  private inside(type: NestedType, value: unknown, other: unknown): boolean {
    if (type.nesting === "single") return this.ofObjects(type.attributes, value, other);
    if (!sameShape(value, other)) return false;
    if (isArray(value) && isArray(other)) {
      if (type.nesting === "set") return !this.pair(type, value, other).includes(null);
      return value.every((element, index) => this.ofObjects(type.attributes, element, other[index]));
    }
    const keys = isRecord(value) ? Object.keys(value) : [];
    return keys.every((key) => this.ofObjects(type.attributes, partOf(value, key), partOf(other, key)));
  }

  /** Lines up the elements of a set with those of another that are equal, else with those that are alike. */
  readonly lineUp: LineUp = (type, elements, others) => {
    if (!isArray(others)) return others;
    return this.pair(type, elements, others).map((found) => (found === null ? null : others[found]));
  };

  private pair({ attributes }: NestedType, elements: readonly unknown[], others: readonly unknown[]) {
    const fits = (element: unknown, other: unknown) => this.ofObjects(attributes, element, other);
    return pair(elements, others, [
      equals(ctyTypeOfAttributes(attributes)),
      { ...this.equalWhereDecisive(attributes), fits },
    ]);
  }

  private equalWhereDecisive(attributes: Attributes): Match {
    let match = this.decisive.get(attributes);
    if (match === undefined) {
      match = equals(ctyTypeOfAttributes(this.withoutWhatMayDiffer(attributes)));
      this.decisive.set(attributes, match);
    }
    return match;
  }

  private withoutWhatMayDiffer(attributes: Attributes): Attributes {
    const decisive = Object.entries(attributes).filter(([, attribute]) => !this.mayDiffer(attribute));
    return Object.fromEntries(
      decisive.map(([name, attribute]) => {
        const { type } = attribute;
        if (type.kind !== "nested") return [name, attribute];
        return [name, { ...attribute, type: { ...type, attributes: this.withoutWhatMayDiffer(type.attributes) } }];
      }),
    );
  }
}

/**
 * Of a prior value and a planned one: that the object does not change, but at most what concerns Terraform alone, which
 * is `timeouts`, and unreadable attributes that get their first value after an import.
 */
export const unchanged = new Likeness(
  ({ flags, timeoutDefaults }) => flags.has("writeOnly") || flags.has("unreadable") || timeoutDefaults !== undefined,
  // Whatever is configured for an unreadable attribute without a prior value is taken to be what the object has.
  ({ flags }, prior) => !flags.has("unreadable") || prior === null,
);

/** Of a planned element of a set and a configured one: that it can have come from there. */
export const fromConfig = new Likeness(
  ({ flags }) => flags.has("writeOnly") || flags.has("computed") || flags.has("default"),
  ({ flags }, _, config) => flags.has("writeOnly") || config === null,
);

/** Of a planned element of a set and a prior one: that they are the same as far as the user can say. */
export const fromPrior = new Likeness(
  ({ flags }) => flags.has("writeOnly") || flags.has("computed"),
  ({ flags }, planned) => flags.has("writeOnly") || isUnknown(planned),
);
