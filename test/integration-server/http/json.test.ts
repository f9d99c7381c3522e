import fc from "fast-check";
import { parseJson } from "../../../src/integration-server/http/json";

it.each([
  ['{"id":9007199254740993}', { id: "9007199254740993" }],
  ['{"id": -9007199254740993 }', { id: "-9007199254740993" }],
  [" -9007199254740992", "-9007199254740992"],
  ["[12345678901234567890,1]", ["12345678901234567890", 1]],
  ['{"id":9007199254740991}', { id: 9_007_199_254_740_991 }],
  ['{"a":"x:9007199254740993","id":9007199254740993}', { a: "x:9007199254740993", id: "9007199254740993" }],
  ['{"a":"\\"\\\\","id":9007199254740993}', { a: '"\\', id: "9007199254740993" }],
  ['{"a":"\\\\\\":9007199254740993","b":[9007199254740993]}', { a: '\\":9007199254740993', b: ["9007199254740993"] }],
  ['{"size":1.12345678901234567890}', { size: 1.123_456_789_012_345_7 }],
  ['{"size":12345678901234567890.5,"b":1e3}', { size: Number("12345678901234567890.5"), b: 1_000 }],
  ['{"size":1234567890123456789e3}', { size: 1.234_567_890_123_456_8e21 }],
])("reads %s", (text, value) => {
  expect(parseJson(text)).toEqual(value);
});

it.each(['{"id":9007199254740993', '"9007199254740993:', '{"a":[:9007199254740993]}', "<html>", ""])(
  "does not take %j for JSON",
  (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  },
);

it("needs no stack for a string of any length", () => {
  const text = `{"padding":"${'x\\"'.repeat(2_000_000)}","id":9007199254740993}`;
  expect(parseJson(text)).toMatchObject({ id: "9007199254740993" });
});

const isLongInteger = (value: unknown): boolean =>
  typeof value === "number" && /^-?\d+$/.test(String(value)) && !Number.isSafeInteger(value);

it("reads whatever JSON.parse reads, digits beside it or not", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const value = JSON.parse(text, (_, each) => (isLongInteger(each) ? String(each) : each));
      expect(parseJson(text)).toEqual(value);
      expect(parseJson(`{"id":9007199254740993,"value":${text},"other":[9007199254740993]}`)).toEqual({
        id: "9007199254740993",
        value,
        other: ["9007199254740993"],
      });
    }),
  );
});
