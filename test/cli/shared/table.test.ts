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

const red = (text: string) => `\u001b[31m${text}\u001b[39m`;

test.each([80, 30])("colours take no place in %d columns, and end with each line", (width) => {
  const plain = table(HEADINGS, ROWS, { width });
  const coloured = table(
    HEADINGS,
    ROWS.map((row) => row.map((cell) => (cell === "" ? "" : red(cell)))),
    { width },
  );

  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are made of them
  expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(plain);
  for (const line of coloured.split("\n")) {
    expect(line.split("\u001b[31m")).toHaveLength(line.split("\u001b[39m").length);
  }
});

test("words stay whole where they can", () => {
  expect(table(["A"], [["not running at all"]], { width: 12 })).toBe("A\nnot running\nat all\n");
});

test("what is narrow stays whole when something else can give way", () => {
  expect(table(HEADINGS, ROWS, { width: 50 })).toMatch(/^эсх-02 /m);
  expect(table(HEADINGS, ROWS, { width: 50 })).toMatch(/ Enabled$/m);
});
