import widthOf from "string-width";
import { coverageText } from "../../../src/cli/coverage/text";
import { drawnWorld } from "../support/world";

test.each([50, 80, 200])("fits %d columns, tables and all", (width) => {
  const view = drawnWorld(20);
  const [vcenter] = view.infrastructures;
  const text = coverageText({ ...view, infrastructures: [vcenter!] }, width);
  const rows = text
    .split("\n")
    .slice(1, -2)
    .filter((line) => !line.includes("free space"));
  expect(Math.max(...rows.map((row) => widthOf(row)))).toBeLessThanOrEqual(width);
});

test("begins with what is missing, and ends with how much that is", () => {
  const lines = coverageText(drawnWorld(10), 200).split("\n");

  expect(lines[0]).toBe("vcenter (VMWARE, id 12): CONNECTED, 7 of 10 hypervisors covered");
  expect(lines[1]).toMatch(/^HYPERVISOR +GAP +SVM +STATE +VERSION +TERRAFORM$/);
  expect(lines[2]).toMatch(/^esx-0004 +no SVM$/);
  expect(lines.at(-2)).toMatch(/^\d+ gaps \(.*\), 1 infrastructure of which not everything can be seen\.$/);
});
