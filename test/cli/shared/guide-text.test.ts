import { guideText } from "../../../src/cli/shared/guide-text";
import { widthOf } from "../../../src/cli/shared/layout";
import { describeDefaultWorld, describeDeviations } from "../../../src/simulator/guide";

test.each([50, 80, 120])("what the simulator tells fits %i columns", (columns) => {
  const text = guideText([...describeDefaultWorld(), ...describeDeviations()], columns);
  for (const line of text.split("\n")) expect(widthOf(line)).toBeLessThanOrEqual(columns);
});

test("a colon leads to a table, and anything else ends with an empty line", () => {
  const rows = [["esx-01", "ds1, ds2"]];
  expect(guideText(["Hosts:", { headings: ["HOST", "STORAGES"], rows }, "That is all."], 40)).toBe(
    "Hosts:\n  HOST    STORAGES\n  esx-01  ds1, ds2\n\nThat is all.\n\n",
  );
});

test("a table without headings has none, and text without a terminal has lines all the same", () => {
  const text = guideText(["word ".repeat(40).trim(), { headings: [], rows: [["a", "b".repeat(150)]] }], undefined);
  expect(text).toMatch(/^(word ){19}word\n(word ){19}word\n\n {2}a {2}b{150}\n\n$/);
});
