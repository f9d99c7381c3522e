import { mkdtempSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UNKNOWN } from "../../../src/terraform";
import type { ObjectValue } from "../../../src/terraform/values/value";
import { exampleProvider, thingSchema } from "../../support/example-provider";
import { dynamic, TestClient } from "./client";

let directory: string;
let client: TestClient;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "example-"));
  client = new TestClient(exampleProvider);
  expect(await client.configure({ directory })).toEqual([]);
});
afterEach(() => rm(directory, { recursive: true }));

const TYPE = "example_thing";

async function created(config: ObjectValue): Promise<ObjectValue> {
  const { state, diagnostics } = await client.change(TYPE, { config });
  expect(diagnostics.filter((text) => text.startsWith("ERROR"))).toEqual([]);
  if (state === null) throw new Error("nothing was created");
  return state;
}

describe("create", () => {
  test("stores the complete state, without write-only values, and keeps the private data", async () => {
    const config = { name: "a", secretWo: "open sesame" };
    const answer = await client.change(TYPE, { config });
    expect(answer).toEqual({
      state: expect.objectContaining({ id: expect.any(String), name: "a", size: 1, secretWo: null, status: "ready" }),
      private: "kept",
      diagnostics: [],
    });
    expect(readdirSync(directory)).toEqual([`${answer.state?.["id"]}.json`]);
  });

  test("adds the warnings of life cycle code", async () => {
    const { diagnostics } = await client.change(TYPE, { config: { name: "a", behaviour: "warn" } });
    expect(diagnostics).toEqual(["WARNING Careful @ note: It is hot."]);
  });

  test("that fails before anything exists leaves no state", async () => {
    const { state, diagnostics } = await client.change(TYPE, { config: { name: "a", behaviour: "refuse" } });
    expect({ state, diagnostics }).toEqual({
      state: null,
      diagnostics: ["ERROR Unable to create the thing @ name: It was refused."],
    });
  });

  test("that fails after something exists leaves what was saved, the planned rest, and null for the unknown", async () => {
    const answer = await client.change(TYPE, { config: { name: "a", note: "n", behaviour: "fail late" } });
    expect(answer).toMatchObject({
      state: { id: expect.any(String), name: "a", note: "n", size: 1, status: null },
      private: "kept",
    });
  });

  test("that fails unexpectedly says what went wrong without the secret, whose stack is in the log", async () => {
    const config = { name: "a", behaviour: "fail late", secretWo: "open sesame" };
    const { diagnostics } = await client.change(TYPE, { config });
    expect(diagnostics).toEqual([
      expect.stringMatching(
        /^ERROR Unexpected error: Error: the server said no to \*\*\*\n\nThis is most likely a bug/,
      ),
    ]);
    expect(client.memory.lines).toContainEqual({
      level: "error",
      message: "Unexpected error",
      fields: expect.objectContaining({ rpc: "applyResourceChange", type: TYPE, error: expect.any(Error) }),
    });
    expect(client.memory.secrets).toContain("open sesame");
  });

  test("that takes longer than the configured timeout says so and how to wait longer", async () => {
    const config = { name: "a", behaviour: "hang", timeouts: { create: "50ms" } };
    const { state, diagnostics } = await client.change(TYPE, { config });
    expect(state).toMatchObject({ id: expect.any(String), status: null });
    expect(diagnostics).toEqual([
      `ERROR Timeout during create: Creating example_thing did not finish within 50ms, the configured timeout. What was started may still be in progress on the server: look there before you try again. To wait longer, set for example:\n\n  timeouts = {\n    create = "1s"\n  }`,
    ]);
  });

  test("that is interrupted says so and keeps what exists", async () => {
    const answer = client.change(TYPE, { config: { name: "a", behaviour: "hang" } });
    while (!client.memory.lines.some(({ message }) => message === "Created a thing")) await new Promise(setImmediate);
    expect(await client.call("stopProvider", {})).toEqual({ error: "" });
    const { state, diagnostics } = await answer;
    expect(state).toMatchObject({ id: expect.any(String) });
    expect(diagnostics).toEqual([expect.stringMatching(/^ERROR Interrupted: Creating example_thing was interrupted/)]);
  });
});

describe("read", () => {
  test("returns what there is and keeps the private data", async () => {
    const state = await created({ name: "a" });
    expect(await client.read(TYPE, state)).toEqual({ state, private: "kept", diagnostics: [] });
  });

  test("returns nothing for an object that is gone", async () => {
    const state = await created({ name: "a" });
    await rm(join(directory, `${state["id"]}.json`));
    expect(await client.read(TYPE, state)).toEqual({ state: null, private: "kept", diagnostics: [] });
  });

  test("that fails keeps the state: an error never means gone", async () => {
    const state = { ...(await created({ name: "a" })), behaviour: "unreachable" };
    const answer = await client.read(TYPE, state);
    expect(answer).toEqual({
      state,
      private: "kept",
      diagnostics: ["ERROR Unable to read the thing: Nobody is there."],
    });
  });
});

describe("update", () => {
  test("stores the new state", async () => {
    const prior = await created({ name: "a" });
    const { state } = await client.change(TYPE, { config: { name: "a", size: 2 }, prior });
    expect(state).toEqual({ ...prior, size: 2, status: "updated" });
  });

  test("that fails before anything was saved keeps the prior state", async () => {
    const prior = await created({ name: "a" });
    const answer = await client.change(TYPE, { config: { name: "a", size: 2, behaviour: "fail update" }, prior });
    expect(answer).toMatchObject({
      state: prior,
      private: "kept",
      diagnostics: [expect.stringMatching(/^ERROR Unexpected error/)],
    });
  });

  test("that fails after something was saved puts it over the prior state", async () => {
    const prior = await created({ name: "a" });
    const { state } = await client.change(TYPE, {
      config: { name: "a", size: 2, note: "n", behaviour: "fail late" },
      prior,
    });
    expect(state).toEqual({ ...prior, size: 2 });
  });

  test.each([
    ["changed timeouts", { timeouts: { create: "1m" } }],
    ["an unreadable attribute after an import", { seed: "s" }],
  ])("of %s calls nothing", async (_, changed) => {
    const prior = await created({ name: "a" });
    await rm(directory, { recursive: true });
    const answer = await client.change(TYPE, { config: { name: "a", ...changed }, prior });
    expect(answer).toMatchObject({ state: { ...prior, ...changed }, diagnostics: [] });
    directory = mkdtempSync(join(tmpdir(), "example-"));
  });
});

describe("delete", () => {
  test("leaves nothing", async () => {
    const prior = await created({ name: "a" });
    expect(await client.change(TYPE, { prior })).toMatchObject({ state: null, diagnostics: [] });
    expect(readdirSync(directory)).toEqual([]);
  });

  test("that fails keeps the state", async () => {
    const prior = { ...(await created({ name: "a" })), behaviour: "undeletable" };
    expect(await client.change(TYPE, { prior })).toEqual({
      state: prior,
      private: "kept",
      diagnostics: ["ERROR Unable to delete the thing: It is in use."],
    });
  });

  test("takes its timeout from the state", async () => {
    const prior = {
      ...(await created({ name: "a" })),
      behaviour: "hang",
      timeouts: { create: null, read: null, update: null, delete: "50ms" },
    };
    const { state, diagnostics } = await client.change(TYPE, { prior });
    expect(state).toEqual(prior);
    expect(diagnostics).toEqual([
      expect.stringMatching(/^ERROR Timeout during delete: Deleting example_thing did not finish within 50ms/),
    ]);
  });
});

describe("plan", () => {
  test("names what replaces the object and keeps the private data", async () => {
    const prior = await created({ name: "a" });
    const plan = await client.plan(TYPE, { config: { name: "b" }, prior });
    expect(plan).toEqual({
      planned: { ...prior, name: "b", status: UNKNOWN },
      requiresReplace: ["name"],
      private: "kept",
      diagnostics: [],
    });
  });

  test("takes in what the resource's own planning says", async () => {
    const prior = { ...(await created({ name: "a" })) };
    const { planned } = await client.plan(TYPE, { config: { name: "a", note: "replan" }, prior });
    expect(planned).toMatchObject({ status: UNKNOWN });
  });

  test("of a destruction runs the resource's own planning and plans nothing", async () => {
    const prior = await created({ name: "a" });
    expect(await client.plan(TYPE, { prior })).toEqual({
      planned: null,
      requiresReplace: [],
      private: "kept",
      diagnostics: ["WARNING Deleting a thing: It will be gone."],
    });
  });
});

describe("import", () => {
  const importThing = async (typeName: string, id: string) => client.call("importResourceState", { typeName, id });

  test("returns the complete state, and a plan of the same configuration adopts what cannot be read", async () => {
    const { id } = await created({ name: "a", size: 3, seed: "s" });
    const answer = await importThing(TYPE, String(id));
    expect(answer.diagnostics).toEqual([]);
    const { decode } = await import("../../../src/terraform/values/msgpack/decode");
    const { ctyTypeOfAttributes } = await import("../../../src/terraform/schema/cty-type");
    const bytes = answer.importedResources[0]?.state?.msgpack ?? new Uint8Array();
    const prior = decode(ctyTypeOfAttributes(client.attributesOf(TYPE)), bytes) as ObjectValue;
    expect(prior).toMatchObject({ id, name: "a", size: 3, seed: null, secretWo: null, status: "imported" });
    const plan = await client.plan(TYPE, { config: { name: "a", size: 3, seed: "s", secretWo: "x" }, prior });
    expect(plan).toMatchObject({ planned: { ...prior, seed: "s" }, requiresReplace: [] });
  });

  test("of what does not exist is an error", async () => {
    const { importedResources, diagnostics } = await importThing(TYPE, "nope");
    expect(importedResources).toEqual([]);
    expect(diagnostics).toMatchObject([{ severity: "ERROR", summary: "Unable to import the thing" }]);
  });

  test("is refused where a resource does not support it", async () => {
    const { diagnostics } = await importThing("example_fixed", "x");
    expect(diagnostics).toMatchObject([
      { summary: "Import is not supported", detail: expect.stringContaining("example_fixed") },
    ]);
  });
});

test("a resource without update is replaced by a change", async () => {
  const { state: prior } = await client.change("example_fixed", { config: { text: "a" } });
  expect(await client.plan("example_fixed", { config: { text: "b" }, prior })).toMatchObject({
    requiresReplace: ["text"],
  });
});

describe("private data", () => {
  const kept = (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString());
  const config = { name: "a", behaviour: "remember" };

  test("goes from each step of the life cycle to the next", async () => {
    const state = await created({ name: "a" });
    const { attributes } = thingSchema;
    const encoded = dynamic(attributes, { ...state, ...config });
    const read = await client.call("readResource", { typeName: TYPE, currentState: encoded });
    expect(kept(read.private)).toEqual({ by: ["read", null] });
    const change = { typeName: TYPE, priorState: encoded, config: dynamic(attributes, { ...config, size: 2 }) };
    const after = dynamic(attributes, { ...state, ...config, size: 2 });
    const planned = await client.call("planResourceChange", {
      ...change,
      proposedNewState: after,
      priorPrivate: read.private,
    });
    expect(kept(planned.plannedPrivate)).toEqual({ by: ["plan", ["read", null]] });
    const applied = await client.call("applyResourceChange", {
      ...change,
      plannedState: after,
      plannedPrivate: planned.plannedPrivate,
    });
    expect(kept(applied.private)).toEqual({ by: ["update", ["plan", ["read", null]]] });
  });

  test("that an earlier plan of the same change has kept is the later one's", async () => {
    const { attributes } = thingSchema;
    const answer = await client.call("planResourceChange", {
      typeName: TYPE,
      priorState: dynamic(attributes, null),
      proposedNewState: dynamic(attributes, config),
      config: dynamic(attributes, config),
      priorPrivate: Buffer.from('{"by":"prior"}'),
      plannedPrivate: Buffer.from('{"by":"an earlier plan"}'),
    });
    expect(kept(answer.plannedPrivate)).toEqual({ by: ["plan", "an earlier plan"] });
  });

  test("of a creation and of an import is kept, too", async () => {
    const { attributes } = thingSchema;
    const applied = await client.call("applyResourceChange", {
      typeName: TYPE,
      priorState: dynamic(attributes, null),
      plannedState: dynamic(attributes, { ...config, id: UNKNOWN, status: UNKNOWN }),
      config: dynamic(attributes, config),
    });
    expect(kept(applied.private)).toEqual({ by: ["create", null] });
    const { id } = await created({ name: "b" });
    const { importedResources } = await client.call("importResourceState", { typeName: TYPE, id: String(id) });
    expect(kept(importedResources[0]!.private)).toEqual({ by: "import" });
  });
});
