import { join } from "node:path";
import { findStale, generate } from "../../scripts/generate";
import { findSubjects } from "../../scripts/generate/subjects";
import { ksvla } from "../../src/provider";

const root = join(__dirname, "../..");

test("generated constructs and documents are up to date: npm run generate", async () => {
  expect(findStale(root, await generate(root))).toEqual([]);
});

test("everything that the provider consists of is generated", async () => {
  const subjects = await findSubjects(root);
  const schemas = (kind: string) =>
    Object.fromEntries(subjects.filter((each) => each.kind === kind).map(({ type, schema }) => [type, schema]));
  const expected = (all: Readonly<Record<string, { readonly schema: unknown }>>) =>
    Object.fromEntries(Object.entries(all).map(([type, { schema }]) => [type, schema]));
  expect(schemas("resource")).toEqual(expected(ksvla.resources));
  expect(schemas("data-source")).toEqual(expected(ksvla.dataSources));
  expect(schemas("ephemeral-resource")).toEqual(expected(ksvla.ephemeralResources ?? {}));
});
