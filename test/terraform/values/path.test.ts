import type { AttributePath } from "../../../src/terraform";
import { renderPath } from "../../../src/terraform/values/path";

test.each<[AttributePath, string]>([
  [[], ""],
  [["admin", "passwordWo"], "admin.password_wo"],
  [["networks", 0, "static"], "networks[0].static"],
  [["tags", { key: 'the "Owner"' }], 'tags["the \\"Owner\\""]'],
  [["rules", { value: { secret: "x" } }, "port"], "rules[*].port"],
])("%j reads %s", (path, text) => {
  expect(renderPath(path)).toBe(text);
});
