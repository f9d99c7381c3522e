/** What holds for the plan of any schema. */
import fc from "fast-check";
import { planBySchema } from "../../../src/terraform/plan/plan-resource";
import { ctyTypeOfAttributes } from "../../../src/terraform/schema/cty-type";
import type { Attributes } from "../../../src/terraform/schema/types";
import { equalValues } from "../../../src/terraform/values/equality";
import { containsUnknown } from "../../../src/terraform/values/unknown";
import { isArray, isRecord, type ObjectValue } from "../../../src/terraform/values/value";
import { anySituation, applied } from "./arbitraries";
import { plan } from "./planning";

const RUNS = { numRuns: 200 };

function expectEqual(attributes: Attributes, actual: ObjectValue, expected: ObjectValue): void {
  if (!equalValues(ctyTypeOfAttributes(attributes), actual, expected)) expect(actual).toEqual(expected);
}

test("an unchanged configuration plans no change", () => {
  fc.assert(
    fc.property(anySituation, ({ attributes, updatable, config }) => {
      const prior = applied(attributes, plan(attributes, { config }).planned);
      const { planned, requiresReplace } = plan(attributes, { config, prior, updatable });
      expectEqual(attributes, planned, prior);
      expect(requiresReplace).toEqual([]);
    }),
    RUNS,
  );
});

test("after an update in place the same configuration plans no change either", () => {
  fc.assert(
    fc.property(anySituation, ({ attributes, config, other }) => {
      const created = applied(attributes, plan(attributes, { config }).planned);
      const updated = applied(attributes, plan(attributes, { config: other, prior: created }).planned);
      expectEqual(attributes, plan(attributes, { config: other, prior: updated }).planned, updated);
    }),
    RUNS,
  );
});

test("planning what is planned changes nothing", () => {
  fc.assert(
    fc.property(anySituation, ({ attributes, updatable, config, other }) => {
      const created = applied(attributes, plan(attributes, { config }).planned);
      for (const prior of [null, created]) {
        const { planned } = plan(attributes, { config: other, prior, updatable });
        expectEqual(attributes, planBySchema({ attributes, updatable }, { config: other, prior }, planned), planned);
      }
    }),
    RUNS,
  );
});

test("no plan breaks Terraform's rules", () => {
  fc.assert(
    fc.property(anySituation, ({ attributes, updatable, config, other }) => {
      const prior = applied(attributes, plan(attributes, { config }).planned);
      expect(plan(attributes, { config: other, prior, updatable }).violations).toEqual([]);
      expect(plan(attributes, { config: other, updatable }).violations).toEqual([]);
    }),
    RUNS,
  );
});

test("defaults stand wherever nothing is configured", () => {
  fc.assert(
    fc.property(anySituation, ({ attributes, config }) => {
      const { planned } = plan(attributes, { config });
      for (const [name, { flags, default: fallback }] of Object.entries(attributes))
        if (flags.has("default")) expect(planned[name]).toBe(config[name] ?? fallback);
    }),
    RUNS,
  );
});

test("a replacement's second planning, without prior state, is that of a new object", () => {
  fc.assert(
    fc.property(anySituation, ({ attributes, updatable, other }) => {
      const { planned, requiresReplace } = plan(attributes, { config: other, prior: null, updatable });
      expect(requiresReplace).toEqual([]);
      expectEqual(attributes, planned, plan(attributes, { config: other }).planned);
    }),
    RUNS,
  );
});

test("after an import, what the API cannot read is adopted without replacing or deciding anything anew", () => {
  fc.assert(
    fc.property(anySituation, ({ attributes, updatable, config }) => {
      const imported = readable(attributes, applied(attributes, plan(attributes, { config }).planned));
      const { planned, requiresReplace } = plan(attributes, { config, prior: imported, updatable });
      expect({ requiresReplace, unknown: containsUnknown(planned) }).toEqual({ requiresReplace: [], unknown: false });
    }),
    RUNS,
  );
});

/** A state without its unreadable attributes. */
function readable(attributes: Attributes, state: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { type, flags }]) => {
      const value = state[name];
      if (flags.has("unreadable")) return [name, null];
      if (type.kind !== "nested") return [name, value];
      const inside = (object: unknown) => (isRecord(object) ? readable(type.attributes, object) : object);
      if (type.nesting === "single") return [name, inside(value)];
      if (isArray(value)) return [name, value.map(inside)];
      return [
        name,
        isRecord(value)
          ? Object.fromEntries(Object.entries(value).map(([key, object]) => [key, inside(object)]))
          : value,
      ];
    }),
  );
}
