import { UNKNOWN } from "../../../src/terraform";
import { typeFromJson } from "../../../src/terraform/values/cty-type";
import { containsUnknown, unknownPaths, unknownToNull } from "../../../src/terraform/values/unknown";

const type = typeFromJson([
  "object",
  {
    id: "string",
    list: ["list", ["object", { a: "string", b: "number" }]],
    map: ["map", "string"],
    set: ["set", "string"],
    any: "dynamic",
  },
]);
const value = {
  id: UNKNOWN,
  list: [{ a: "x", b: UNKNOWN }, UNKNOWN],
  map: { one: UNKNOWN, two: "2" },
  set: ["a", UNKNOWN],
  any: { type: ["tuple", ["string", "string"]], value: ["a", UNKNOWN] },
};

test("paths lead to what is unknown, and no further than to a set", () => {
  expect(unknownPaths(type, value)).toEqual([
    ["any", 1],
    ["id"],
    ["list", 0, "b"],
    ["list", 1],
    ["map", { key: "one" }],
    ["set"],
  ]);
});

test("what is stored has null for unknown attributes and lacks unknown elements", () => {
  expect(unknownToNull(type, value)).toEqual({
    id: null,
    list: [{ a: "x", b: null }],
    map: { two: "2" },
    set: ["a"],
    any: { type: ["tuple", ["string", "string"]], value: ["a", null] },
  });
});

test("a known value contains nothing unknown", () => {
  expect(containsUnknown({ ...value, ...(unknownToNull(type, value) as object) })).toBe(false);
  expect(containsUnknown(value)).toBe(true);
});

test("a dynamic value without a valid type is left to the encoder", () => {
  const any = typeFromJson("dynamic");
  const invalid = { type: "nonsense", value: UNKNOWN };
  expect(unknownPaths(any, invalid)).toEqual([]);
  expect(unknownToNull(any, invalid)).toBe(invalid);
});
