/** Life cycle code that returns what Terraform cannot store: it is said clearly, and nothing is lost. */
import {
  computed,
  list,
  optional,
  provider,
  type Resource,
  required,
  resource,
  schema,
  string,
  UNKNOWN,
} from "../../../src/terraform";
import { TestClient } from "./client";

const description = "…";
const oddSchema = schema({
  description,
  attributes: {
    name: required(string(), { description }),
    id: computed(string(), { description }),
    tags: optional(list(string()), { description }),
    passwordWo: optional(string(), { description, writeOnly: true }),
  },
});

/** A client of one resource whose life cycle is the given one; its static types are what these tests break. */
function clientOf(lifeCycle: Record<string, unknown>): TestClient {
  const odd = resource<null>()({
    schema: oddSchema,
    create: async ({ plan }) => ({ ...plan, id: "1" }),
    read: async ({ state }) => state,
    update: async ({ plan, state }) => ({ ...plan, id: state.id }),
    delete: async () => {},
    ...(lifeCycle as Partial<Resource<(typeof oddSchema)["attributes"], null>>),
  });
  return new TestClient(
    provider({
      name: "odd",
      version: "1.0.0",
      schema: schema({ description, attributes: {} }),
      configure: async () => null,
      resources: { odd_thing: odd },
      dataSources: {},
    }),
  );
}

const CONFIG = { name: "a", tags: ["x"] };
const PRIOR = { name: "a", id: "1", tags: ["x"], passwordWo: null };

test.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
  ["an unknown attribute", { name: "a", id: UNKNOWN, tags: ["x"] }, { id: null }, "`id` is unknown in the state"],
  ["a missing attribute", { name: "a", tags: ["x"] }, { id: null }, "`id` is missing in the state"],
  [
    "another value than planned",
    { name: "b", id: "1", tags: ["x"] },
    { name: "b" },
    "`name` has another value than the one that was planned",
  ],
  ["another element than planned", { name: "a", id: "1", tags: ["y"] }, { tags: ["y"] }, "`tags[0]` has another value"],
  [
    "a value of a wrong type",
    { name: "a", id: 7, tags: ["x"] },
    { name: "a", id: null },
    "`id` must be a string, got: a number",
  ],
])("create that returns %s stores the rest and says which", async (_, returned, stored, message) => {
  const { state, diagnostics } = await clientOf({ create: async () => returned }).change("odd_thing", {
    config: CONFIG,
  });
  expect(state).toMatchObject({ ...stored, tags: stored["tags"] ?? ["x"] });
  expect(diagnostics).toEqual([expect.stringContaining(message)]);
  expect(diagnostics[0]).toContain("bug in the provider");
});

test("create that returns a write-only value stores null, or Terraform would lose the whole state", async () => {
  const create = async () => ({ name: "a", id: "1", tags: ["x"], passwordWo: "secret" });
  const { state, diagnostics } = await clientOf({ create }).change("odd_thing", { config: CONFIG });
  expect({ state, diagnostics }).toEqual({ state: PRIOR, diagnostics: [] });
});

test("create that saves a write-only value before it fails stores null", async () => {
  const create = async ({ save }: { save(known: unknown): void }) => {
    save({ id: "1", passwordWo: "secret" });
    throw new Error("no");
  };
  expect((await clientOf({ create }).change("odd_thing", { config: CONFIG })).state).toEqual(PRIOR);
});

test("properties that the schema does not have are left out", async () => {
  const create = async () => ({ name: "a", id: "1", tags: ["x"], extra: true });
  expect(await clientOf({ create }).change("odd_thing", { config: CONFIG })).toMatchObject({
    state: PRIOR,
    diagnostics: [],
  });
});

test("read that leaves an attribute unknown stores the rest and says which", async () => {
  const { state, diagnostics } = await clientOf({ read: async () => ({ ...PRIOR, id: UNKNOWN }) }).read(
    "odd_thing",
    PRIOR,
  );
  expect(state).toEqual({ ...PRIOR, id: null });
  expect(diagnostics).toEqual([expect.stringContaining("`id` is unknown")]);
});

test("a plan that changes what is configured is refused", async () => {
  const client = clientOf({ plan: async () => ({ planned: { name: "b" } }) });
  const { diagnostics } = await client.plan("odd_thing", { config: CONFIG });
  expect(diagnostics).toEqual([
    expect.stringMatching(
      /^ERROR Provider planned an invalid change @ name: The attribute `name` is planned with a value/,
    ),
  ]);
});

test("a destroy plan with values is refused", async () => {
  const client = clientOf({ plan: async () => ({ planned: { name: "b" } }) });
  const { planned, diagnostics } = await client.plan("odd_thing", { prior: PRIOR });
  expect({ planned, diagnostics }).toEqual({
    planned: null,
    diagnostics: [expect.stringContaining("destroyed object")],
  });
});

test("several errors at once are several diagnostics", async () => {
  const create = async () => {
    throw new AggregateError([new Error("one"), new Error("two")]);
  };
  const { diagnostics } = await clientOf({ create }).change("odd_thing", { config: CONFIG });
  expect(diagnostics).toEqual([expect.stringContaining("one"), expect.stringContaining("two")]);
});

test("what is thrown and is no error is reported too", async () => {
  const create = () => Promise.reject("text");
  const { diagnostics } = await clientOf({ create }).change("odd_thing", { config: CONFIG });
  expect(diagnostics).toEqual([expect.stringContaining("A value was thrown: string")]);
});

test("a value that cannot be decoded is a diagnostic, and the prior state stays", async () => {
  const client = clientOf({});
  const answer = await client.call("applyResourceChange", {
    typeName: "odd_thing",
    priorState: { msgpack: Uint8Array.of(0xc1) },
    plannedState: { msgpack: Uint8Array.of(0xc0) },
  });
  expect(answer.newState?.msgpack).toEqual(Uint8Array.of(0xc1));
  expect(answer.diagnostics).toMatchObject([{ severity: "ERROR", summary: "Unable to decode a value" }]);
});

test("an unknown type is a diagnostic", async () => {
  const { diagnostics } = await clientOf({}).call("readResource", { typeName: "constructor" });
  expect(diagnostics).toMatchObject([{ severity: "ERROR", summary: "Unknown resource type" }]);
});
