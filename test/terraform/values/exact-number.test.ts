import {
  decimalText,
  ExactNumber,
  isBinaryFraction,
  normalizeNumber,
  parseNumber,
} from "../../../src/terraform/values/exact-number";

test.each<[string, number | bigint]>([
  ["0", 0],
  ["-0", 0],
  ["-0.00", 0],
  ["007", 7],
  ["1.50", 1.5],
  ["0.1", 0.1],
  ["-1e-7", -1e-7],
  ["1e3", 1000],
  ["12.5E+1", 125],
  ["9007199254740991", 9007199254740991],
  ["9007199254740992", 9007199254740992n],
  ["1e23", 10n ** 23n],
])("%s has its one form", (text, value) => {
  expect(parseNumber(text)).toBe(value);
});

test.each(["0.1000000000000000055511151231257827", "-123456789012345678.5", `0.${"1".repeat(60)}`])(
  "%s needs more digits than a number has",
  (text) => {
    const value = parseNumber(text);
    expect(value).toBeInstanceOf(ExactNumber);
    expect(String(value)).toBe(text);
  },
);

test.each(["", "x", "1.", ".5", "0x10", "1_000", " 1", "NaN", "Infinity", "1e10001", "1e99999999999"])(
  "%j names no number",
  (text) => {
    expect(parseNumber(text)).toBeUndefined();
  },
);

test.each<[number, string]>([
  [1e21, "1000000000000000000000"],
  [5e-7, "0.0000005"],
  [-1.25e-10, "-0.000000000125"],
  [123.456, "123.456"],
])("%p is written plainly", (number, text) => {
  expect(decimalText(number)).toBe(text);
});

test("an integer that a number may have rounded is a bigint", () => {
  expect(normalizeNumber(2 ** 60)).toBe(2n ** 60n);
  expect(normalizeNumber(5n)).toBe(5);
  expect(normalizeNumber(Number.NaN)).toBeUndefined();
});

test.each<[number, boolean]>([
  [0.5, true],
  [123.0625, true],
  [2 ** -60, false],
  [2 ** -20, true],
  [0.1, false],
  [5e-324, false],
])("whether %p is what it prints as: %p", (number, verdict) => {
  expect(isBinaryFraction(number)).toBe(verdict);
});
