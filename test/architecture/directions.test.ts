import { findCircles, findStale, findViolations } from "./directions";
import type { ImportGraph } from "./import-graph";

const graphOf = (imports: Readonly<Record<string, readonly string[]>>): ImportGraph =>
  new Map(Object.entries(imports).map(([file, imported]) => [file, new Set(imported)]));

describe("an import is against the plan", () => {
  const plan = {
    constructs: ["src/resources/*/schema.ts", "npm:cdktf"],
    "src/terraform": [],
    "src/resources/shared": ["src/terraform/index.ts"],
    "src/resources/*/schema.ts": ["src/terraform/index.ts", "src/resources/shared"],
    "src/resources/*": ["src/terraform/index.ts", "src/resources/shared", "npm:*"],
    "src/simulator": [],
    "src/cli.ts": ["src/simulator"],
  };
  const violations = (file: string, imported: string) => findViolations(graphOf({ [file]: [imported] }), plan);

  test.each([
    ["a room that is not allowed", "constructs/fleet.ts", "src/simulator/clock.ts"],
    ["its index", "constructs/fleet.ts", "src/simulator/index.ts"],
    ["the room above", "src/terraform/index.ts", "constructs/index.ts"],
    ["another file of a room than the allowed one", "src/resources/svm/create.ts", "src/terraform/plan/plan.ts"],
    ["another room of the same kind", "src/resources/svm/create.ts", "src/resources/svm-image/create.ts"],
    ["a room whose name only begins like an allowed one", "src/cli.ts", "src/simulator-guide.ts"],
    ["a package that is not allowed", "constructs/fleet.ts", "npm:cdktf-cli"],
    ["any package where none is allowed", "src/terraform/index.ts", "npm:node-fetch"],
  ])("when it reaches %s", (_, file, imported) => {
    expect(violations(file, imported)).toEqual([`${file} must not import ${imported}`]);
  });

  test("when it reaches from a schema into the life cycle beside it", () => {
    const [schema, create] = ["src/resources/svm/schema.ts", "src/resources/svm/create.ts"];
    expect(violations(schema, create)).toEqual([`${schema} must not import ${create}`]);
  });

  test.each([
    ["the file's own room", "src/simulator/routes/svms.ts", "src/simulator/index.ts"],
    ["its own room of several of a kind", "src/resources/svm/create.ts", "src/resources/svm/state.ts"],
    ["a room within its own", "src/resources/svm/create.ts", "src/resources/svm/schema.ts"],
    ["an allowed folder", "src/cli.ts", "src/simulator/index.ts"],
    ["an allowed file", "src/resources/svm/create.ts", "src/terraform/index.ts"],
    ["an allowed file of any room of a kind", "constructs/generated/svm.ts", "src/resources/svm/schema.ts"],
    ["an allowed package", "constructs/fleet.ts", "npm:cdktf"],
    ["any package where all are allowed", "src/resources/svm/create.ts", "npm:cdktf"],
  ])("but not when it reaches %s", (_, file, imported) => {
    expect(findViolations(graphOf({ [file]: [imported] }), plan)).toEqual([]);
  });

  test("and a file is, too, when the plan has no room for it", () => {
    expect(findViolations(graphOf({ "src/new-room/file.ts": [] }), plan)).toEqual([
      "src/new-room/file.ts is in no room of the plan",
    ]);
  });
});

test("what a plan names and nothing fits any more is stale", () => {
  const graph = graphOf({ "src/simulator/index.ts": [], "constructs/index.ts": ["npm:cdktf"] });
  const plan = { "src/simulator": ["npm:express"], "src/gone": [], constructs: ["npm:cdktf", "src/*/schema.ts"] };
  expect(findStale(graph, plan)).toEqual(["npm:express", "src/gone", "src/*/schema.ts"]);
});

describe("a circle is found", () => {
  test.each([
    ["between two files", { a: ["b"], b: ["a"] }, ["a → b → a"]],
    ["over several files", { a: ["b"], b: ["c"], c: ["a"] }, ["a → b → c → a"]],
    ["of each file in one, by its shortest way", { a: ["b", "c"], b: ["c"], c: ["a"] }, ["a → c → a", "b → c → a → b"]],
    ["once each", { a: ["b"], b: ["a"], c: ["d"], d: ["c", "a"] }, ["a → b → a", "c → d → c"]],
    ["behind what leads into it", { index: ["a"], a: ["b"], b: ["a"] }, ["a → b → a"]],
  ])("%s", (_, imports, circles) => {
    expect(findCircles(graphOf(imports))).toEqual(circles);
  });

  test("but none where two ways lead to the same file", () => {
    expect(findCircles(graphOf({ a: ["b", "c"], b: ["d"], c: ["d"], d: ["npm:cdktf"] }))).toEqual([]);
  });
});
