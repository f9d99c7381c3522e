import { nested, nestedList, nestedMap, nestedSet, optional, string } from "../../../src/terraform";
import { Walk } from "../../../src/terraform/schema/walk";
import { renderPath } from "../../../src/terraform/values/path";

const description = "…";
const plain = optional(string(), { description });
const secret = optional(string(), { description, sensitive: true });
const inside = { plain, secret };
const attributes = {
  plain,
  secret,
  one: optional(nested({ inner: optional(nested(inside), { description }) }), { description }),
  many: optional(nestedList(inside), { description }),
  named: optional(nestedMap(inside), { description }),
  group: optional(nestedSet(inside), { description }),
  without: optional(nestedList({ plain }), { description }),
};
const object = {
  plain: "p",
  secret: "s",
  one: { inner: { plain: "p", secret: "s" } },
  many: [{ plain: "p", secret: "s" }, { secret: null }],
  named: { k: { plain: "p", secret: "s" } },
  group: [{ plain: "p", secret: "s" }],
  without: [{ plain: "p" }],
};
const secrets = new Walk(({ sensitive }) => sensitive);

function visited(walk: Walk, values: Parameters<Walk["visit"]>[1], goOn = true): string[] {
  const paths: string[] = [];
  walk.visit(attributes, values, (_, [value], path) => {
    paths.push(`${renderPath(path)} ${value}`);
    return goOn;
  });
  return paths;
}

test("a walk stops at what it is about, wherever that is", () => {
  expect(visited(secrets, [object])).toEqual([
    "secret s",
    "one.inner.secret s",
    "many[0].secret s",
    "many[1].secret null",
    'named["k"].secret s',
    "group[*].secret s",
  ]);
});

test("a walk goes inside only where it is told to", () => {
  const objects = new Walk(({ type }) => type.kind === "nested");
  const paths = visited(objects, [object], false).map((text) => text.split(" ")[0]);
  expect(paths).toEqual(["one", "many", "named", "group", "without"]);
});

test("with a value beside, a walk goes only into objects that this has, too", () => {
  const beside = { one: { inner: null }, many: [{ secret: "t" }], named: { l: {} } };
  expect(visited(secrets, [object, beside])).toEqual(["secret s", "many[0].secret s"]);
});

test("a transformation puts something else in the place of what it is about, and keeps what has none of it", () => {
  const made = secrets.transform(attributes, [object], (_, [value]) => (value === null ? null : "***"));
  expect(made).toEqual(JSON.parse(JSON.stringify(object).replaceAll('"s"', '"***"')));
  expect(made["without"]).toBe(object.without);
});

test("a transformation goes on inside what it has made", () => {
  const walk = new Walk(({ type, sensitive }) => type.kind === "nested" || sensitive);
  const made = walk.transform(attributes, [{}], ({ type }) => (type.kind === "nested" ? { secret: "s" } : "made"));
  expect(made).toMatchObject({ secret: "made", one: { inner: { secret: "made" } } });
});

test("a transformation lines up the elements of sets as it is told", () => {
  const reversed = new Walk(
    ({ sensitive }) => sensitive,
    [(_, elements, beside) => elements.map((_element, index) => (beside as unknown[]).at(-1 - index))],
  );
  const values = (texts: readonly string[]) => ({ group: texts.map((text) => ({ secret: text })) });
  const made = reversed.transform(attributes, [values(["a", "b"]), values(["c", "d"])], (_, [value, beside]) =>
    [value, beside].join(""),
  );
  expect(made).toMatchObject(values(["ad", "bc"]));
});
