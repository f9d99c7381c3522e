/** What `npm run lint` does not see: pages that nothing leads to. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const DOCS = join(__dirname, "..", "..", "docs");
const index = readFileSync(join(DOCS, "README.md"), "utf8");
const pages = [
  ...readdirSync(DOCS).filter((name) => name.endsWith(".md") && name !== "README.md"),
  ...readdirSync(join(DOCS, "guides")).map((name) => `guides/${name}`),
];

test.each(pages)("the index of the documents leads to %s", (page) => {
  expect(index).toContain(`](${page})`);
});
