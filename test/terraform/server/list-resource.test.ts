import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { computed, string } from "../../../src/terraform";
import type { ObjectValue } from "../../../src/terraform/values/value";
import { exampleProvider, thingList, thingSchema } from "../../support/example-provider";
import { brief, dynamic, plain, TestClient } from "./client";

const TYPE = "example_thing";
const IDENTITY = { id: computed(string(), { description: "…" }) };

let directory: string;
let client: TestClient;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "example-"));
  client = new TestClient(exampleProvider);
  await client.configure({ directory });
});
afterEach(() => rm(directory, { recursive: true }));

const create = async (name: string) => (await client.change(TYPE, { config: { name, size: 3 } })).state!;
const request = (config: ObjectValue = {}) => ({
  typeName: TYPE,
  config: dynamic(thingList.schema.attributes, config),
  limit: 100,
});

async function listed(given: Parameters<TestClient["list"]>[0]) {
  const events = [];
  for await (const { displayName, identity, resourceObject, diagnostic } of client.list(given)) {
    events.push({
      displayName,
      identity: identity && plain(IDENTITY, identity.identityData),
      object: plain(thingSchema.attributes, resourceObject),
      diagnostics: brief(diagnostic),
    });
  }
  return events;
}

describe("a list", () => {
  test("names each object and tells its identity", async () => {
    const { id } = await create("a");
    expect(await listed(request())).toEqual([
      { displayName: "the thing a", identity: { id }, object: null, diagnostics: [] },
    ]);
  });

  test("has the objects themselves where Terraform wants them", async () => {
    const { id } = await create("a");
    const [found] = await listed({ ...request(), includeResourceObject: true });
    expect(found?.object).toMatchObject({ id, name: "a", size: 3, status: "listed", secretWo: null });
  });

  test("ends where Terraform wants no more", async () => {
    const events = await listed({ ...request({ name: "endless" }), limit: 3 });
    expect(events.map(({ displayName }) => displayName)).toEqual(["thing 0", "thing 1", "thing 2"]);
  });

  test("ends when Terraform gives up, without an error", async () => {
    const giveUp = new AbortController();
    let count = 0;
    for await (const { diagnostic } of client.list({ ...request({ name: "endless" }), limit: 0 }, giveUp.signal)) {
      expect(diagnostic).toEqual([]);
      count += 1;
      giveUp.abort();
      break;
    }
    expect(count).toBe(1);
    expect(client.memory.lines.map(({ message }) => message)).toContain("The listing was given up");
  });

  test("shows warnings with the next object, or at the end", async () => {
    await create("a");
    const events = await listed(request({ name: "b" }));
    expect(events).toMatchObject([{ identity: undefined, diagnostics: ["WARNING Passed a thing by: a"] }]);
  });

  test("shows what went wrong", async () => {
    await create("broken");
    expect(await listed(request())).toMatchObject([
      { identity: undefined, diagnostics: ["ERROR Unable to list a thing: It is broken."] },
    ]);
  });

  test("needs a configured provider", async () => {
    client = new TestClient(exampleProvider);
    expect(await listed(request())).toMatchObject([
      { diagnostics: [expect.stringMatching(/^ERROR Provider is not configured/)] },
    ]);
  });

  test("of another type is refused", async () => {
    expect(await listed({ ...request(), typeName: "example_fixed" })).toMatchObject([
      {
        diagnostics: [
          expect.stringMatching(
            /^ERROR Unknown list resource type: The provider has no list resource "example_fixed"\. Check its name/,
          ),
        ],
      },
    ]);
  });
});

test("its configuration is validated", async () => {
  const { diagnostics } = await client.call("validateListResourceConfig", {
    typeName: TYPE,
    config: dynamic(thingList.schema.attributes, { name: "" }),
  });
  expect(brief(diagnostics)).toEqual([expect.stringMatching(/^ERROR .* @ name: .*must not be empty/s)]);
});

test("a generated configuration has what can be configured, but for secrets and defaults, and what the resource adds", async () => {
  const state = { id: "1", name: "a", size: 1, note: "n", status: "imported" };
  const { config, diagnostics } = await client.call("generateResourceConfig", {
    typeName: TYPE,
    state: dynamic(thingSchema.attributes, state),
  });
  expect(brief(diagnostics)).toEqual([]);
  const nothing = { id: null, size: null, secretWo: null, secretWoVersion: null, behaviour: null, status: null };
  expect(plain(thingSchema.attributes, config)).toEqual({
    ...nothing,
    name: "a",
    note: "n",
    seed: "sown",
    timeouts: null,
  });
});
