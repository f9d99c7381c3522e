import { list, map, nested, nestedSet, number, optional, set, string, UNKNOWN } from "../../../src/terraform";
import { ctyTypeOf } from "../../../src/terraform/schema/cty-type";
import type { Type } from "../../../src/terraform/schema/types";
import { typeFromJson } from "../../../src/terraform/values/cty-type";
import { equalValues } from "../../../src/terraform/values/equality";
import { parseNumber } from "../../../src/terraform/values/exact-number";

const account = {
  name: optional(string(), { description: "Name." }),
  ports: optional(set(number()), { description: "Ports." }),
};

describe("equal", () => {
  test.each<[string, Type, unknown, unknown]>([
    ["a set in another order, with repetitions", set(string()), ["a", "b"], ["b", "a", "b"]],
    [
      "a set of objects with sets in another order",
      nestedSet(account),
      [{ ports: [1, 2] }, { name: "b" }],
      [{ name: "b" }, { ports: [2, 1] }],
    ],
    ["a map in another order", map(number()), { a: 1, b: 2 }, { b: 2, a: 1 }],
    ["null and absent", nested(account), { name: null, ports: null }, {}],
    ["a number and the same as bigint", number(), 5, 5n],
    ["a number and the same with an exponent", number(), 0.0000001, parseNumber("1e-7")],
    ["a composed and a decomposed letter", string(), "\u00e9", "e\u0301"],
    ["unknown and unknown", string(), UNKNOWN, UNKNOWN],
    ["unknown at the same place", nested(account), { name: UNKNOWN }, { name: UNKNOWN }],
    ["properties that the type lacks", nested(account), { name: "a", other: 1 }, { name: "a", other: 2 }],
  ])("%s", (_, type, a, b) => {
    expect(equalValues(ctyTypeOf(type), a, b)).toBe(true);
    expect(equalValues(ctyTypeOf(type), b, a)).toBe(true);
  });
});

describe("not equal", () => {
  test.each<[string, Type, unknown, unknown]>([
    ["a list in another order", list(string()), ["a", "b"], ["b", "a"]],
    ["a list with a repetition", list(string()), ["a"], ["a", "a"]],
    ["null and empty text", string(), null, ""],
    ["null and unknown", string(), null, UNKNOWN],
    ["unknown and known", string(), UNKNOWN, "a"],
    [
      "fractions that differ in the thirtieth digit",
      number(),
      parseNumber(`0.${"1".repeat(30)}`),
      parseNumber(`0.${"1".repeat(29)}2`),
    ],
    ["integers beyond 2^53 that differ by one", number(), 2n ** 60n, 2n ** 60n + 1n],
    ["a map with another key", map(string()), { a: "x" }, { b: "x" }],
    ["a map's null and its lack", map(string()), { a: null }, {}],
    ["objects that differ inside", nested(account), { name: "a", ports: [1] }, { name: "a", ports: [2] }],
    ["a text that looks like a number", string(), "1", 1],
  ])("%s", (_, type, a, b) => {
    expect(equalValues(ctyTypeOf(type), a, b)).toBe(false);
    expect(equalValues(ctyTypeOf(type), b, a)).toBe(false);
  });

  test("dynamic values of different types", () => {
    const dynamic = typeFromJson("dynamic");
    expect(equalValues(dynamic, { type: "string", value: "1" }, { type: "number", value: 1 })).toBe(false);
    expect(equalValues(dynamic, { type: "string", value: null }, { type: "number", value: null })).toBe(false);
    expect(equalValues(dynamic, { type: "number", value: 1 }, { type: "number", value: 1n })).toBe(true);
  });
});
