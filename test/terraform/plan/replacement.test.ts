import {
  type AttributePath,
  computed,
  nested,
  nestedList,
  nestedMap,
  nestedSet,
  number,
  optional,
  optionalComputed,
  required,
  string,
  UNKNOWN,
} from "../../../src/terraform";
import { plan, type Situation } from "./planning";

const description = "…";
const element = {
  id: required(string(), { description, requiresReplace: true }),
  size: optional(number(), { description }),
};
const attributes = {
  name: required(string(), { description, requiresReplace: true }),
  label: optional(string(), { description }),
  size: optional(number(), {
    description,
    requiresReplace: ({ prior, planned }) =>
      prior !== null && planned !== UNKNOWN && planned !== null && planned < prior,
  }),
  address: optionalComputed(string(), { description, requiresReplace: true }),
  region: optional(string(), { description, requiresReplace: true, default: "eu" }),
  one: optional(nested(element), { description }),
  many: optional(nestedList(element), { description }),
  named: optional(nestedMap(element), { description }),
  group: optional(nestedSet(element), { description }),
  status: computed(string(), { description }),
};
const prior = {
  name: "a",
  label: "l",
  size: 2,
  address: "x",
  region: "eu",
  one: { id: "1", size: 1 },
  many: [{ id: "1", size: 1 }, { id: "2" }],
  named: { k: { id: "1", size: 1 } },
  group: [{ id: "1", size: 1 }, { id: "2" }],
  status: "up",
};
const { address: _, region: __, status: ___, ...config } = prior;

test.each<[string, Partial<Situation>, readonly AttributePath[]]>([
  ["nothing when nothing changes", {}, []],
  ["nothing on create", { config: { ...config, name: "b" }, prior: null }, []],
  ["a changed attribute", { config: { ...config, name: "b" } }, [["name"]]],
  ["an attribute that is not known yet", { config: { ...config, name: UNKNOWN } }, [["name"]]],
  ["nothing for a change in place", { config: { ...config, label: "m" } }, []],
  ["nothing where the condition says no", { config: { ...config, size: 3 } }, []],
  ["a change where the condition says yes", { config: { ...config, size: 1 } }, [["size"]]],
  [
    "nothing for a computed value that is unknown only because of another change",
    { config: { ...config, label: null } },
    [],
  ],
  ["a computed value that is configured otherwise", { config: { ...config, address: "y" } }, [["address"]]],
  ["nothing when what is configured is the computed value", { config: { ...config, address: "x" } }, []],
  ["a default that comes back", { prior: { ...prior, region: "us" } }, [["region"]]],
  ["what is inside an object", { config: { ...config, one: { id: "9", size: 1 } } }, [["one", "id"]]],
  ["nothing for a change in place inside an object", { config: { ...config, one: { id: "1", size: 9 } } }, []],
  ["what is inside an object that goes", { config: { ...config, one: null } }, [["one", "id"]]],
  ["what is inside an object that comes", { prior: { ...prior, one: null } }, [["one", "id"]]],
  ["what is inside an unknown object", { config: { ...config, one: UNKNOWN } }, [["one", "id"]]],
  ["list elements by index", { config: { ...config, many: [{ id: "1" }, { id: "9" }] } }, [["many", 1, "id"]]],
  ["a removed list element", { config: { ...config, many: [{ id: "1" }] } }, [["many", 1, "id"]]],
  ["an added list element", { config: { ...config, many: [...config.many, { id: "3" }] } }, [["many", 2, "id"]]],
  [
    "an unknown list, and each of its elements",
    { config: { ...config, many: UNKNOWN } },
    [["many"], ["many", 0, "id"], ["many", 1, "id"]],
  ],
  ["map elements by key", { config: { ...config, named: { k: { id: "9" } } } }, [["named", { key: "k" }, "id"]]],
  [
    "added and removed map elements",
    { config: { ...config, named: { l: { id: "1" } } } },
    [
      ["named", { key: "k" }, "id"],
      ["named", { key: "l" }, "id"],
    ],
  ],
  [
    "the set, for what is inside its elements",
    { config: { ...config, group: [{ id: "1" }, { id: "9" }] } },
    [["group"]],
  ],
  [
    "nothing for set elements in another order and changed in place",
    { config: { ...config, group: [{ id: "2", size: 7 }, { id: "1" }] } },
    [],
  ],
  ["an unknown set", { config: { ...config, group: UNKNOWN } }, [["group"]]],
  [
    "several paths, sorted",
    { config: { ...config, size: 1, name: "b", one: { id: "9" } } },
    [["name"], ["one", "id"], ["size"]],
  ],
])("%s", (_, situation, expected) => {
  expect(plan(attributes, { config, prior, ...situation }).requiresReplace).toEqual(expected);
});

describe("a resource that has no update", () => {
  test.each<[string, Record<string, unknown>, readonly AttributePath[]]>([
    ["is replaced by any change", { label: "m" }, [["label"]]],
    ["is replaced by a change inside an object", { one: { id: "1", size: 9 } }, [["one", "size"]]],
    ["is replaced by an object that comes or goes", { one: null }, [["one"]]],
    ["is replaced by another number of elements", { many: [{ id: "1", size: 1 }] }, [["many"]]],
    ["is not replaced where a condition says no", { size: 3 }, []],
    ["is not replaced when nothing changes", {}, []],
  ])("%s", (_, changed, expected) => {
    const result = plan(attributes, { config: { ...config, ...changed }, prior, updatable: false });
    expect(result.requiresReplace).toEqual(expected);
  });

  test("keeps its computed values where nothing replaces it", () => {
    const { planned } = plan(attributes, { config: { ...config, size: 3 }, prior, updatable: false });
    expect(planned).toMatchObject({ status: "up", address: "x", size: 3 });
  });

  test("is replaced where its own plan makes a computed value unknown", () => {
    const changes = { planned: { status: UNKNOWN } };
    expect(plan(attributes, { config, prior, updatable: false, changes }).requiresReplace).toEqual([["status"]]);
  });
});

test("a condition sees the other attributes before and after the change", () => {
  const either = {
    mode: optional(string(), { description }),
    size: optional(number(), {
      description,
      requiresReplace: ({ object }) => object.prior["mode"] !== object.planned["mode"],
    }),
  };
  const before = { mode: "small", size: 1 };
  const pathsOf = (after: object) => plan(either, { config: { ...before, ...after }, prior: before }).requiresReplace;
  expect(pathsOf({ size: 2 })).toEqual([]);
  expect(pathsOf({ size: 2, mode: "large" })).toEqual([["size"]]);
});

test("the second planning of a replacement, without prior state, computes everything anew", () => {
  const { planned, requiresReplace } = plan(attributes, { config: { ...config, name: "b" }, prior: null });
  expect(requiresReplace).toEqual([]);
  expect(planned).toMatchObject({ name: "b", address: UNKNOWN, status: UNKNOWN, region: "eu" });
});
