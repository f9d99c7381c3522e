import { join } from "node:path";
import { findCircles, findStale, findViolations } from "./directions";
import { readImportGraph } from "./import-graph";
import { PLAN } from "./plan";

const graph = readImportGraph(join(__dirname, "../.."));

test("every import goes the way that test/architecture/plan.ts allows", () => {
  expect(findViolations(graph, PLAN)).toEqual([]);
});

test("no files import each other in a circle", () => {
  expect(findCircles(graph)).toEqual([]);
});

test("the plan names nothing that is not there", () => {
  expect(findStale(graph, PLAN)).toEqual([]);
});
