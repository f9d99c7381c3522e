import { compareVersions, isFor, newest } from "../../../src/cli/coverage/version";

test.each([
  ["6.2.0.1000", "6.2.0.999", 1],
  ["6.10", "6.9", 1],
  ["6.2", "6.2.0.0", 0],
  ["6.2", "6.2.0.1000", -1],
  ["v6.2", "6.2", 0],
])("%s against %s is %d", (one, other, expected) => {
  expect(Math.sign(compareVersions(one, other) ?? Number.NaN)).toBe(expected);
  expect(Math.sign(compareVersions(other, one) ?? Number.NaN)).toBe(expected === 0 ? 0 : -expected);
});

test("what is no version is compared with nothing, and is not the newest", () => {
  expect(compareVersions("unknown", "6.2")).toBeUndefined();
  expect(newest(["unknown", "6.2.0.9", "6.2.0.1000", "6.1"])).toBe("6.2.0.1000");
  expect(newest(["unknown"])).toBeUndefined();
});

test("what is for 6.2 is for 6.2.0.1000, and not for 6.20", () => {
  expect(["6.2", "6", "6.20", "5.2", "6.2.1"].filter((stated) => isFor(stated, "6.2.0.1000"))).toEqual(["6.2", "6"]);
});
