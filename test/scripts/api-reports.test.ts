import { join } from "node:path";
import { findStale } from "../../scripts/generate";
import { API_FOLDER, apiReports } from "../../scripts/generate/api-reports";

const ROOT = join(__dirname, "..", "..");

test("the reports of what the package exports are up to date: npm run generate", () => {
  expect(findStale(ROOT, apiReports(ROOT, join(ROOT, "dist")), [API_FOLDER])).toEqual([]);
}, 60_000);
