/** What people read below the checks. */
import type { Check } from "../../../src/cli/doctor/check";
import { textOf } from "../../../src/cli/doctor/text";

const check = (status: Check["status"]): Check => ({ name: "tls", status, message: "It is." });

test.each([
  [["warning"], "1 check: 0 problems, 1 warning."],
  [["ok", "problem", "warning", "warning"], "4 checks: 1 problem, 2 warnings."],
] as const)("of %p: %s", (statuses, sum) => {
  expect(textOf(statuses.map(check), undefined)).toMatch(new RegExp(`^${sum}$`, "m"));
});
