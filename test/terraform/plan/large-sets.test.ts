/** Large sets: no element is compared with each of the others. Looks are counted, since time depends on the machine. */
import {
  type Attributes,
  computed,
  nested,
  nestedSet,
  number,
  optional,
  required,
  string,
  UNKNOWN,
} from "../../../src/terraform";
import { finishPlan, planBySchema } from "../../../src/terraform/plan/plan-resource";
import { completeObject } from "../../../src/terraform/schema/objects";
import { stateProblems } from "../../../src/terraform/server/state-check";
import type { ObjectValue } from "../../../src/terraform/values/value";

const description = "…";
const plain = {
  id: required(string(), { description, requiresReplace: true }),
  size: optional(number(), { description }),
};

/** The object with its `id` counting how often it is read. */
function counting(object: ObjectValue, count: () => void): ObjectValue {
  const { id, ...others } = object;
  return Object.defineProperty({ ...others }, "id", {
    enumerable: true,
    get: () => {
      count();
      return id;
    },
  });
}

const prior = (index: number): ObjectValue => ({ id: `id-${index}`, size: index, spec: { size: index }, ip: "::1" });

test.each<[string, Attributes, (index: number) => ObjectValue, boolean]>([
  ["unchanged", plain, (index) => ({ id: `id-${index}`, size: index }), true],
  ["changed in place", plain, (index) => ({ id: `id-${index}`, size: -1 }), true],
  ["others", plain, (index) => ({ id: `new-${index}` }), true],
  ["changed where a change can only replace", plain, (index) => ({ id: `id-${index}`, size: -1 }), false],
  [
    "changed in a nested attribute",
    { ...plain, spec: optional(nested({ size: required(number(), { description }) }), { description }) },
    (index) => ({ id: `id-${index}`, size: index, spec: { size: -1 } }),
    true,
  ],
  [
    "changed beside what is computed",
    { ...plain, ip: computed(string(), { description, useStateForUnknown: true }) },
    (index) => ({ id: `id-${index}`, size: -1 }),
    true,
  ],
])(
  "planning elements that are %s takes as many looks at each, however many they are",
  (_, element, configured, updatable) => {
    const attributes = { items: optional(nestedSet(element), { description }) };
    const looksAtEach = (size: number) => {
      let looks = 0;
      const indices = Array.from({ length: size }, (_, index) => index);
      const config = completeObject(attributes, { items: indices.map(configured) });
      const { items } = completeObject(attributes, { items: indices.map(prior).reverse() });
      const change = {
        config,
        prior: { items: (items as ObjectValue[]).map((item) => counting(item, () => looks++)) },
      };
      finishPlan({ attributes, updatable }, change, planBySchema({ attributes, updatable }, change, config));
      return looks / size;
    };
    expect(looksAtEach(400)).toBe(looksAtEach(100));
  },
);

test("checking the state of elements that were not wholly known takes as many looks at each, however many they are", () => {
  const attributes = {
    items: optional(nestedSet({ ...plain, ip: computed(string(), { description }) }), { description }),
  };
  const looksAtEach = (size: number) => {
    let looks = 0;
    const items = Array.from({ length: size }, (_, index) => ({ id: `id-${index}`, size: 1, ip: UNKNOWN }));
    const made = items.map((item) => ({ ...item, ip: "::1" })).reverse();
    const planned = { items: items.map((item) => counting(item, () => looks++)) };
    expect(stateProblems(attributes, { items: made }, planned)).toEqual([]);
    return looks / size;
  };
  expect(looksAtEach(400)).toBeCloseTo(looksAtEach(100), 1);
});
