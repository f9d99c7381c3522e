/** What a diagnostic says of the place of its attribute. */
import { locatedDetail } from "../../../src/terraform/server/wire-diagnostics";
import type { AttributePath } from "../../../src/terraform/values/path";

const located = (path: AttributePath | undefined, detail: string): string =>
  locatedDetail({ severity: "error", summary: "Invalid value", detail, ...(path !== undefined && { path }) });

test.each<[AttributePath, string]>([
  [["klconfig", "passwordWo"], "klconfig.password_wo: It is empty."],
  [["networks", 1, "id"], "networks[1].id: It is empty."],
  [["accounts", { key: "admin" }, "passwordWo"], 'accounts["admin"].password_wo: It is empty.'],
  [["rules", { value: {} }, "port"], "rules[*].port: It is empty."],
  [["domains", 0], "domains[0]: It is empty."],
])("the detail begins with the name of an attribute inside another one: %j", (path, expected) => {
  expect(located(path, "It is empty.")).toBe(expected);
});

test("an attribute of the first level, which Terraform shows, is not named again", () => {
  expect(located(["name"], "It is empty.")).toBe("It is empty.");
  expect(located(undefined, "It is empty.")).toBe("It is empty.");
});

test.each(["The attribute is required.", "The value must not be empty."])(
  "what is said of every attribute alike names it wherever it stands: %s",
  (detail) => {
    expect(located(["imageId"], detail)).toBe(`image_id: ${detail}`);
    expect(located([], detail)).toBe(detail);
  },
);

test.each([
  "klconfig.password_wo must not be empty.",
  "klconfig.password_wo: It is empty.",
  "The attribute `klconfig.password_wo` is missing.",
])("a name that is there is not said twice: %s", (detail) => {
  expect(located(["klconfig", "passwordWo"], detail)).toBe(detail);
});

test.each(["klconfig.password_wo_version is needed.", "klconfig.password_wo[0] is needed."])(
  "a longer name is another one: %s",
  (detail) => {
    expect(located(["klconfig", "passwordWo"], detail)).toBe(`klconfig.password_wo: ${detail}`);
  },
);
