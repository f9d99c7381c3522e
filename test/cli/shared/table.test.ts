import widthOf from "string-width";
import { table } from "../../../src/cli/shared/table";

const HEADINGS = ["PLACE", "SVM", "STATE"];
const ROWS = [
  ["esx-01.datacenter.example.com", "svm-01", "Enabled"],
  ["эсх-02", "a-name-that-is-as-long-as-names-of-machines-may-be-0123456789", ""],
];

test("columns are as wide as they need to be where nothing limits them", () => {
  expect(table(HEADINGS, ROWS, { width: undefined }).split("\n")).toEqual([
    "PLACE                          SVM                                                            STATE",
    "esx-01.datacenter.example.com  svm-01                                                         Enabled",
    "эсх-02                         a-name-that-is-as-long-as-names-of-machines-may-be-0123456789",
    "",
  ]);
});

test.each([120, 80, 50, 30])("fits %d columns, and loses nothing of what is in the cells", (width) => {
  const lines = table(HEADINGS, ROWS, { width }).split("\n");

  expect(Math.max(...lines.map((line) => widthOf(line)))).toBeLessThanOrEqual(width);
  const letters = (text: string) => [...text.replace(/\s/g, "")].sort().join("");
  expect(letters(lines.join(""))).toBe(letters([HEADINGS, ...ROWS].flat().join("")));
});

test("what is narrow stays whole when something else can give way", () => {
  expect(table(HEADINGS, ROWS, { width: 50 })).toMatch(/^эсх-02 /m);
  expect(table(HEADINGS, ROWS, { width: 50 })).toMatch(/ Enabled$/m);
});
