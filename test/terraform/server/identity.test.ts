import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { computed, string, UNKNOWN } from "../../../src/terraform";
import type { ResourceIdentityData } from "../../../src/terraform/protocol/tfplugin6";
import type { ObjectValue } from "../../../src/terraform/values/value";
import { exampleProvider, thingSchema } from "../../support/example-provider";
import { brief, dynamic, plain, TestClient } from "./client";

const TYPE = "example_thing";
const { attributes } = thingSchema;
/** What the identity consists of. */
const IDENTITY = { id: computed(string(), { description: "…" }) };

let directory: string;
let client: TestClient;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "example-"));
  client = new TestClient(exampleProvider);
  await client.configure({ directory });
});
afterEach(() => rm(directory, { recursive: true }));

const wire = (id: unknown): ResourceIdentityData => ({ identityData: dynamic(IDENTITY, { id }) });
const shown = (identity: ResourceIdentityData | undefined) => identity && plain(IDENTITY, identity.identityData);

function change(prior: ObjectValue | null, after: ObjectValue | null, priorIdentity?: ResourceIdentityData) {
  return client.call("planResourceChange", {
    typeName: TYPE,
    priorState: dynamic(attributes, prior),
    proposedNewState: dynamic(attributes, after),
    config: dynamic(attributes, after && { ...after, id: null, status: null }),
    priorIdentity,
  });
}

test("its schema follows from the resource's", async () => {
  const { identitySchemas } = await client.call("getResourceIdentitySchemas", {});
  expect(identitySchemas).toEqual({
    [TYPE]: {
      version: 1,
      identityAttributes: [
        {
          name: "id",
          type: Buffer.from('"string"'),
          requiredForImport: true,
          optionalForImport: false,
          description: "For tests.",
        },
      ],
    },
  });
});

describe("a plan", () => {
  const before = { id: "1", name: "a", size: 1, status: "ready" };

  test("of a new object has none, since Terraform cannot show an unknown one", async () => {
    expect((await change(null, { name: "a" })).plannedIdentity).toBeUndefined();
  });

  test("of a change has the prior one, or where Terraform has none stored that of the prior state", async () => {
    expect(shown((await change(before, { ...before, size: 2 }, wire("0"))).plannedIdentity)).toEqual({ id: "0" });
    expect(shown((await change(before, { ...before, size: 2 })).plannedIdentity)).toEqual({ id: "1" });
  });

  test("of a removal has the prior one", async () => {
    expect(shown((await change(before, null, wire("0"))).plannedIdentity)).toEqual({ id: "0" });
  });
});

describe("apply and read", () => {
  test("answer that of the state", async () => {
    const config = { name: "a" };
    const { newState, newIdentity } = await client.call("applyResourceChange", {
      typeName: TYPE,
      priorState: dynamic(attributes, null),
      plannedState: dynamic(attributes, { ...config, size: 1, id: UNKNOWN, status: UNKNOWN }),
      config: dynamic(attributes, config),
    });
    const id = plain(attributes, newState)?.["id"];
    expect(shown(newIdentity)).toEqual({ id });
    const read = await client.call("readResource", { typeName: TYPE, currentState: newState });
    expect(shown(read.newIdentity)).toEqual({ id });
  });

  test("answer none where there is no object, or its state lacks a part", async () => {
    const refused = { name: "a", size: 1, behaviour: "refuse" };
    const applied = await client.call("applyResourceChange", {
      typeName: TYPE,
      priorState: dynamic(attributes, null),
      plannedState: dynamic(attributes, { ...refused, id: UNKNOWN, status: UNKNOWN }),
      config: dynamic(attributes, refused),
    });
    expect(applied.newIdentity).toBeUndefined();
    const currentState = dynamic(attributes, { name: "gone", id: "nowhere" });
    const read = await client.call("readResource", { typeName: TYPE, currentState, currentIdentity: wire("nowhere") });
    expect(read.newIdentity).toBeUndefined();
  });

  test("keep it when the object cannot be read", async () => {
    const currentState = dynamic(attributes, { name: "a", id: "1", behaviour: "unreachable" });
    const read = await client.call("readResource", { typeName: TYPE, currentState, currentIdentity: wire("1") });
    expect(shown(read.newIdentity)).toEqual({ id: "1" });
  });
});

test("an import by it is the import of the id that it stands for", async () => {
  const { state } = await client.change(TYPE, { config: { name: "a" } });
  const { importedResources, diagnostics } = await client.call("importResourceState", {
    typeName: TYPE,
    identity: wire(state?.["id"]),
  });
  expect(brief(diagnostics)).toEqual([]);
  expect(shown(importedResources[0]?.identity)).toEqual({ id: state?.["id"] });
});

describe("a stored one", () => {
  const upgrade = async (version: number, raw: object) => {
    const rawIdentity = { json: Buffer.from(JSON.stringify(raw)) };
    const answer = await client.call("upgradeResourceIdentity", { typeName: TYPE, version, rawIdentity });
    return [shown(answer.upgradedIdentity), ...brief(answer.diagnostics)];
  };

  test("of the present version stays", async () => {
    expect(await upgrade(1, { id: "1" })).toEqual([{ id: "1" }]);
  });

  test("of an older version is upgraded", async () => {
    expect(await upgrade(0, { uid: "1" })).toEqual([{ id: "1" }]);
  });

  test("of another version is refused", async () => {
    expect(await upgrade(7, { id: "1" })).toEqual([
      undefined,
      expect.stringMatching(/^ERROR Unable to upgrade the stored identity: .*version 7/),
    ]);
  });

  test("of a moved object goes to the resource, and comes back as ours", async () => {
    const answer = await client.call("moveResourceState", {
      sourceTypeName: "other_thing",
      sourceState: { json: Buffer.from('{"uid":"1","label":"a"}') },
      sourceIdentity: { json: Buffer.from('{"uid":"1"}') },
      sourceIdentitySchemaVersion: 0,
      targetTypeName: TYPE,
    });
    expect(brief(answer.diagnostics)).toEqual([]);
    expect(shown(answer.targetIdentity)).toEqual({ id: "1" });
  });
});
