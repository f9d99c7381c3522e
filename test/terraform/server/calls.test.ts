/** The calls that are not about the life of an object. */
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  nested,
  nestedList,
  nestedMap,
  optional,
  provider,
  required,
  resource,
  schema,
  string,
  UNKNOWN,
} from "../../../src/terraform";
import { completeObject } from "../../../src/terraform/schema/objects";
import type { ObjectValue } from "../../../src/terraform/values/value";
import { exampleProvider, thingSchema, things, ticket } from "../../support/example-provider";
import { brief, dynamic, plain, TestClient } from "./client";

let directory: string;
let client: TestClient;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "example-"));
  client = new TestClient(exampleProvider);
});
afterEach(() => rm(directory, { recursive: true }));

const TYPE = "example_thing";

describe("schema and metadata", () => {
  test("name everything that the provider has, and what the server can do", async () => {
    const serverCapabilities = {
      planDestroy: true,
      getProviderSchemaOptional: true,
      moveResourceState: true,
      generateResourceConfig: true,
    };
    const answer = await client.call("getProviderSchema", {});
    expect(answer).toMatchObject({ diagnostics: [], serverCapabilities });
    expect(answer.provider?.block?.attributes.map(({ name }) => name)).toEqual(["directory", "token"]);
    expect([
      ...Object.keys(answer.resourceSchemas),
      ...Object.keys(answer.dataSourceSchemas),
      ...Object.keys(answer.ephemeralResourceSchemas),
      ...Object.keys(answer.listResourceSchemas),
    ]).toEqual(["example_thing", "example_fixed", "example_things", "example_ticket", "example_thing"]);
    expect(await client.call("getMetadata", {})).toMatchObject({
      resources: [{ typeName: "example_thing" }, { typeName: "example_fixed" }],
      dataSources: [{ typeName: "example_things" }],
      ephemeralResources: [{ typeName: "example_ticket" }],
      listResources: [{ typeName: "example_thing" }],
      serverCapabilities,
    });
  });

  test("are converted once", async () => {
    const first = await client.server.getProviderSchema({});
    const second = await client.server.getProviderSchema({});
    expect(second.resourceSchemas).toBe(first.resourceSchemas);
  });
});

describe("validate", () => {
  const validate = async (config: ObjectValue, writeOnlyAttributesAllowed = true) => {
    const answer = await client.call("validateResourceConfig", {
      typeName: TYPE,
      config: dynamic(thingSchema.attributes, config),
      clientCapabilities: { writeOnlyAttributesAllowed },
    });
    return brief(answer.diagnostics);
  };

  test("accepts what is right, and what is unknown", async () => {
    expect(await validate({ name: "a", secretWo: "s", secretWoVersion: "1" })).toEqual([]);
    expect(await validate({ name: UNKNOWN, secretWo: UNKNOWN })).toEqual([]);
  });

  test("reports each problem at its attribute, by Terraform's name", async () => {
    const diagnostics = await validate({ name: "", secretWoVersion: "1" });
    expect(diagnostics).toEqual([
      expect.stringMatching(/^ERROR .* @ name: .*must not be empty/s),
      expect.stringMatching(/^ERROR .* @ secret_wo_version: needs secret_wo/),
    ]);
  });

  test("asks the resource itself where the schema finds nothing wrong, with the client where there is one", async () => {
    expect(await validate({ name: "", note: "nowhere" })).toHaveLength(1);
    expect(await validate({ name: "a", note: "nowhere" })).toEqual(["ERROR Invalid value @ note: is somewhere"]);
    await client.configure({ directory });
    expect(await validate({ name: "a", note: "nowhere" })).toEqual([`ERROR Invalid value @ note: is ${directory}`]);
  });

  test("shows a resource's warnings", async () => {
    expect(await validate({ name: "a", note: "old" })).toEqual(["WARNING Old note @ note: Write a new one."]);
  });

  test("refuses write-only values from a client that would store them, once, at the first of them", async () => {
    expect(await validate({ name: "a", secretWo: "s" }, false)).toEqual([
      expect.stringMatching(
        /^ERROR Write-only attributes need Terraform 1.11 or later @ secret_wo: .*`secret_wo`.*OpenTofu 1.11/,
      ),
    ]);
    expect(await validate({ name: "a" }, false)).toEqual([]);
  });

  test("finds write-only values in objects, lists and maps", async () => {
    const description = "…";
    const account = { passwordWo: optional(string(), { description, writeOnly: true }) };
    const attributes = {
      admin: required(nested(account), { description }),
      others: optional(nestedList(account), { description }),
      named: optional(nestedMap(account), { description }),
    };
    const accounts = resource<null>()({
      schema: schema({ description, attributes }),
      create: async ({ plan }) => plan,
      read: async ({ state }) => state,
      delete: async () => {},
    });
    const client = new TestClient(
      provider({
        name: "x",
        version: "1.0.0",
        schema: schema({ description, attributes: {} }),
        configure: async () => null,
        resources: { x_accounts: accounts },
        dataSources: {},
      }),
    );
    const config = {
      admin: { passwordWo: null },
      others: [{}, { passwordWo: "p" }],
      named: { k: { passwordWo: UNKNOWN } },
    };
    const answer = await client.call("validateResourceConfig", {
      typeName: "x_accounts",
      config: dynamic(attributes, completeObject(attributes, config)),
    });
    expect(brief(answer.diagnostics)).toEqual([
      expect.stringMatching(/@ others\.1\.password_wo: .*`others\[1\]\.password_wo`, `named\["k"\]\.password_wo`/),
    ]);
  });

  test("covers the provider, data sources and ephemeral resources", async () => {
    const config = { msgpack: Uint8Array.of(0xc0) };
    const answers = await Promise.all([
      client.call("validateProviderConfig", { config: dynamic(exampleProvider.schema.attributes, {}) }),
      client.call("validateDataResourceConfig", {
        typeName: "example_things",
        config: dynamic(things.schema.attributes, {}),
      }),
      client.call("validateEphemeralResourceConfig", {
        typeName: "example_ticket",
        config: dynamic(ticket.schema.attributes, {}),
      }),
      client.call("validateEphemeralResourceConfig", { typeName: "example_ticket", config }),
    ]);
    expect(answers.map(({ diagnostics }) => brief(diagnostics)[0])).toEqual([
      expect.stringContaining("@ directory"),
      expect.stringContaining("@ id"),
      expect.stringContaining("@ holder"),
      expect.stringContaining("no configuration"),
    ]);
  });
});

describe("configure", () => {
  const read = () => client.read(TYPE, { name: "a", id: "1", size: 1 });

  test("with unknown values succeeds, and whoever needs the client learns which", async () => {
    expect(await client.configure({ directory: UNKNOWN, token: UNKNOWN })).toEqual([]);
    expect((await read()).diagnostics).toEqual([
      expect.stringMatching(/^ERROR Provider configuration is not known yet: .*`directory`, `token`/),
    ]);
  });

  test("that fails is a diagnostic", async () => {
    expect(await client.configure({ directory, token: "wrong" })).toEqual([
      "ERROR Wrong token @ token: The token was refused.",
    ]);
    expect(client.memory.secrets).toContain("wrong");
  });

  test("that never happened is a diagnostic too", async () => {
    expect((await read()).diagnostics).toEqual([expect.stringMatching(/^ERROR Provider is not configured/)]);
  });
});

describe("upgrade of the stored state", () => {
  const upgrade = async (version: number, state: object | string) => {
    const json = Buffer.from(typeof state === "string" ? state : JSON.stringify(state));
    const answer = await client.call("upgradeResourceState", { typeName: TYPE, version, rawState: { json } });
    return { state: plain(thingSchema.attributes, answer.upgradedState), diagnostics: brief(answer.diagnostics) };
  };

  test("of the same version drops what the schema lacks, and makes the rest null", async () => {
    const { state, diagnostics } = await upgrade(2, {
      id: "1",
      name: "a",
      size: 2,
      dropped: { deep: [1] },
      secret_wo: "s",
    });
    expect(diagnostics).toEqual([]);
    expect(state).toEqual(completeObject(thingSchema.attributes, { id: "1", name: "a", size: 2 }));
  });

  test("gives an attribute that came with a default later its default, so that nothing is planned", async () => {
    const { state } = await upgrade(2, { id: "1", name: "a", status: "ready" });
    const imported = await upgrade(2, { id: "1", name: "a", size: null });

    expect(state).toMatchObject({ size: 1 });
    expect(imported.state).toMatchObject({ size: null });
    expect((await client.plan(TYPE, { config: { name: "a" }, prior: state })).planned).toEqual(state);
  });

  test("of an older version goes through the resource", async () => {
    const { state } = await upgrade(1, { id: "1", title: "a", size: 2 });
    expect(state).toMatchObject({ name: "a", size: 2 });
  });

  test.each([
    ["a newer version", 3, { name: "a" }, "State of a newer provider version: .*version 3 .* up to 2"],
    ["a version that is not known any more", 0, { name: "a" }, "Unable to upgrade the stored state: .*version 0"],
    ["a state that is no JSON", 2, "{", "Unable to decode a value"],
    ["no state", 2, "", "Unable to read the stored state"],
    ["values of a wrong type", 2, { name: ["a"] }, "Unable to decode a value @ name: "],
  ])("of %s is refused", async (_, version, state, message) => {
    expect(await upgrade(version, state)).toEqual({
      state: null,
      diagnostics: [expect.stringMatching(`^ERROR ${message}`)],
    });
  });
});

describe("what Terraform has stored", () => {
  const stored: (string | null)[] = [];
  const load = async (state: object) => {
    const rawState = { json: Buffer.from(JSON.stringify(state)) };
    const answer = await client.call("upgradeResourceState", { typeName: TYPE, version: 2, rawState });
    return brief(answer.diagnostics);
  };
  beforeEach(() => {
    stored.length = 0;
    const recording = { ...exampleProvider, configure: async () => ({ directory, stored }) };
    client = new TestClient(recording);
  });

  test("is told to its resource with the client, which may come later", async () => {
    await load({ id: "1", name: "a" });
    await load({ id: "2", name: "b" });
    expect(stored).toEqual([]);

    await client.configure({ directory });
    expect(stored).toEqual(["1", "2"]);
    await load({ id: "3", name: "c" });
    expect(stored).toEqual(["1", "2", "3"]);
  });

  test("does not include what is imported or read", async () => {
    await client.configure({ directory });
    await client.call("importResourceState", { typeName: TYPE, id: "1" });
    await client.read(TYPE, { name: "a", id: "1", size: 1 });

    expect(stored).toEqual([]);
  });

  test("is read whatever the resource makes of it, now or when there is a client", async () => {
    expect(await load({ id: "1", name: "a", behaviour: "surprised" })).toEqual([]);
    expect(await client.configure({ directory })).toEqual([]);
    await load({ id: "2", name: "b", behaviour: "surprised" });

    expect(client.memory.lines).toContainEqual(
      expect.objectContaining({
        level: "warn",
        fields: expect.objectContaining({ error: "Error: never heard of it" }),
      }),
    );
  });
});

describe("move", () => {
  const move = async (sourceTypeName: string, targetTypeName = TYPE) => {
    const answer = await client.call("moveResourceState", {
      sourceProviderAddress: "registry.terraform.io/x/other",
      sourceTypeName,
      sourceState: { json: Buffer.from(JSON.stringify({ uid: "1", label: "a" })) },
      targetTypeName,
    });
    return { state: plain(thingSchema.attributes, answer.targetState), diagnostics: brief(answer.diagnostics) };
  };

  test("takes over the state of a type that the resource knows", async () => {
    expect(await move("other_thing")).toEqual({
      state: completeObject(thingSchema.attributes, { id: "1", name: "a" }),
      diagnostics: [],
    });
  });

  test.each([
    ["strange_thing", TYPE],
    ["other_thing", "example_fixed"],
  ])("from %s to %s is refused", async (from, to) => {
    expect(await move(from, to)).toEqual({
      state: null,
      diagnostics: [expect.stringMatching(/^ERROR Unable to move the resource/)],
    });
  });
});

describe("data source", () => {
  const read = async (config: ObjectValue) => {
    const answer = await client.call("readDataSource", {
      typeName: "example_things",
      config: dynamic(things.schema.attributes, config),
    });
    return { state: plain(things.schema.attributes, answer.state), diagnostics: brief(answer.diagnostics) };
  };

  test("reads, with the defaults of its configuration", async () => {
    await client.configure({ directory });
    const { state } = await client.change(TYPE, { config: { name: "a" } });
    const id = state?.["id"];
    expect(await read({ id })).toEqual({ state: { id, suffix: "!", names: ["a!"] }, diagnostics: [] });
  });

  test("that fails has no state", async () => {
    await client.configure({ directory });
    expect(await read({ id: "nope" })).toEqual({
      state: null,
      diagnostics: ["ERROR Unable to find the thing @ id: There is no thing nope."],
    });
  });
});

test("an ephemeral resource is opened, renewed and closed with its private data", async () => {
  await client.configure({ directory });
  const { attributes } = ticket.schema;
  const typeName = "example_ticket";
  const opened = await client.call("openEphemeralResource", {
    typeName,
    config: dynamic(attributes, { holder: "me" }),
  });
  expect(opened.diagnostics).toEqual([]);
  expect(plain(attributes, opened.result)).toEqual({ holder: "me", ticket: "ticket of me" });
  expect(opened.renewAt).toEqual({ seconds: 1_700_000_000, nanos: 250_000_000 });
  const renewed = await client.call("renewEphemeralResource", { typeName, private: opened.private });
  expect(JSON.parse(Buffer.from(renewed.private ?? []).toString())).toEqual({ holder: "me", renewed: true });
  expect((await client.call("closeEphemeralResource", { typeName, private: renewed.private })).diagnostics).toEqual([]);
  expect(client.memory.secrets).toContain("ticket of me");
});

test("there are no functions", async () => {
  expect((await client.call("getFunctions", {})).functions).toEqual({});
  expect((await client.call("callFunction", { name: "nope" })).error?.text).toContain('"nope"');
});

test("every call is logged with its duration and without values", async () => {
  await client.configure({ directory, token: "open sesame" });
  const { lines } = client.memory;
  expect(lines[0]).toEqual({ level: "trace", message: "Received request", fields: { rpc: "configureProvider" } });
  expect(lines.at(-1)).toEqual({
    level: "debug",
    message: "Answered request",
    fields: { rpc: "configureProvider", milliseconds: expect.any(Number), errors: 0, warnings: 0 },
  });
  expect(JSON.stringify(lines)).not.toContain("open sesame");
});
