/** A small provider for tests: things are files in a directory, and `behaviour` makes the "server" misbehave. */
import { randomUUID } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import {
  computed,
  DiagnosticError,
  dataSource,
  ephemeralResource,
  list,
  listResource,
  number,
  optional,
  type PlanChanges,
  provider,
  required,
  resource,
  type State,
  schema,
  string,
  timeouts,
  UNKNOWN,
} from "../../src/terraform";

export interface ExampleClient {
  /** Where the things are. */
  readonly directory: string;
  /** The ids of things that Terraform has stored. */
  readonly stored?: (string | null)[];
}

const description = "For tests.";

export const thingSchema = schema({
  description: "A file in a directory.",
  version: 2,
  identity: { version: 1, attributes: ["id"] },
  attributes: {
    id: computed(string(), { description, useStateForUnknown: true }),
    name: required(string(), {
      description,
      requiresReplace: true,
      validate: [(name) => (name === "" ? "must not be empty" : undefined)],
    }),
    size: optional(number(), { description, default: 1 }),
    note: optional(string(), { description }),
    seed: optional(string(), { description, requiresReplace: true, unreadable: true }),
    secretWo: optional(string(), { description, sensitive: true, writeOnly: true }),
    secretWoVersion: optional(string(), { description }),
    behaviour: optional(string(), { description, unreadable: true }),
    status: computed(string(), { description }),
    timeouts: timeouts({ create: "10s", read: "10s", update: "10s", delete: "10s" }),
  },
  rules: [
    function* ({ secretWo, secretWoVersion }) {
      if (secretWo === null && typeof secretWoVersion === "string")
        yield { path: ["secretWoVersion"], message: "needs secret_wo" };
    },
  ],
});
type ThingAttributes = (typeof thingSchema)["attributes"];
type Thing = State<ThingAttributes>;
type Stored = Pick<Thing, "name" | "size" | "note"> & { readonly secretLength: number };

const fileOf = ({ directory }: ExampleClient, id: string | null) => join(directory, `${id}.json`);

async function store(client: ExampleClient, id: string, stored: Stored): Promise<void> {
  await writeFile(fileOf(client, id), JSON.stringify(stored));
}

async function load(client: ExampleClient, id: string | null): Promise<Stored | null> {
  try {
    return JSON.parse(await readFile(fileOf(client, id), "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Waits longer than any test, unless it is aborted. */
const forever = (signal: AbortSignal) => delay(3_600_000, undefined, { signal });

export const thing = resource<ExampleClient>()({
  schema: thingSchema,
  async validate({ config, client, warn }) {
    if (config.note === "old") warn({ summary: "Old note", detail: "Write a new one.", path: ["note"] });
    const place = client === undefined ? "somewhere" : client.directory;
    return config.note === "nowhere" ? [{ path: ["note"], message: `is ${place}` }] : [];
  },
  async create({ client, config, plan, save, signal, log, warn, private: kept }) {
    if (plan.behaviour === "refuse")
      throw new DiagnosticError("Unable to create the thing", "It was refused.", ["name"]);
    const id = randomUUID();
    await store(client, id, { ...plan, secretLength: config.secretWo?.length ?? 0 });
    save({ id });
    if (plan.behaviour === "remember") kept.set("by", ["create", kept.get("by")]);
    log.info("Created a thing", { id });
    if (plan.behaviour === "fail late") throw new Error(`the server said no to ${config.secretWo}`);
    if (plan.behaviour === "hang") await forever(signal);
    if (plan.behaviour === "warn") warn({ summary: "Careful", detail: "It is hot.", path: ["note"] });
    return { ...plan, id, status: "ready" };
  },
  async read({ client, state, private: kept }) {
    if (state.behaviour === "remember") kept.set("by", ["read", kept.get("by")]);
    if (state.behaviour === "unreachable") throw new DiagnosticError("Unable to read the thing", "Nobody is there.");
    const stored = await load(client, state.id);
    return stored === null ? null : { ...state, name: stored.name, size: stored.size, note: stored.note };
  },
  async update({ client, plan, state, save, signal, private: kept }) {
    if (plan.behaviour === "remember") kept.set("by", ["update", kept.get("by")]);
    if (plan.behaviour === "fail update") throw new Error("the server said no");
    if (plan.behaviour === "hang") await forever(signal);
    await store(client, state.id ?? "", { ...plan, secretLength: 0 });
    save({ size: plan.size });
    if (plan.behaviour === "fail late") throw new Error("the server said no after the size");
    return { ...plan, id: state.id, status: "updated" };
  },
  async delete({ client, state, signal, private: kept }) {
    if (state.behaviour === "remember") kept.set("by", ["delete", kept.get("by")]);
    if (state.behaviour === "undeletable") throw new DiagnosticError("Unable to delete the thing", "It is in use.");
    if (state.behaviour === "hang") await forever(signal);
    await rm(fileOf(client, state.id), { force: true });
  },
  async plan({ planned, state, warn, private: kept }): Promise<PlanChanges<ThingAttributes> | undefined> {
    if (planned?.behaviour === "remember") kept.set("by", ["plan", kept.get("by")]);
    if (planned === null) {
      warn({ summary: "Deleting a thing", detail: "It will be gone." });
      return undefined;
    }
    return planned.note === "replan" && state?.note !== "replan" ? { planned: { status: UNKNOWN } } : undefined;
  },
  async importState({ client, id, private: kept }) {
    kept.set("by", "import");
    const stored = await load(client, id);
    if (stored === null) throw new DiagnosticError("Unable to import the thing", `There is no thing ${id}.`);
    const { name, size, note } = stored;
    const unread = { seed: null, secretWoVersion: null, behaviour: null, timeouts: null };
    return { id, name, size, note, status: "imported", ...unread };
  },
  generateConfig: ({ config, state }) => ({ ...config, seed: state.seed ?? "sown" }),
  stored({ client, state }) {
    if (state.behaviour === "surprised") throw new Error("never heard of it");
    client.stored?.push(state.id);
  },
  upgradeIdentity: { 0: ({ uid }) => ({ id: uid }) },
  upgradeState: { 1: ({ rawState: { title, ...rest } }) => ({ ...rest, name: title }) },
  async moveState({ sourceTypeName, sourceRawState }) {
    if (sourceTypeName === "other_thing") return { id: sourceRawState["uid"], name: sourceRawState["label"] };
    if (sourceTypeName === "example_fixed") return { id: sourceRawState["id"], name: sourceRawState["text"], size: 1 };
    return undefined;
  },
});

/** Can neither be updated nor imported. */
export const fixed = resource<ExampleClient>()({
  schema: schema({
    description: "Fixed once it is there.",
    attributes: {
      id: computed(string(), { description }),
      text: required(string(), { description }),
      version: optional(string(), { description, unreadable: true }),
    },
  }),
  create: async ({ plan }) => ({ ...plan, id: randomUUID() }),
  read: async ({ state }) => state,
  delete: async () => {},
});

export const things = dataSource<ExampleClient>()({
  schema: schema({
    description: "Looks a thing up.",
    attributes: {
      id: required(string(), { description }),
      suffix: optional(string(), { description, default: "!" }),
      names: computed(list(string()), { description }),
    },
  }),
  async read({ client, config }) {
    const stored = await load(client, config.id);
    if (stored === null)
      throw new DiagnosticError("Unable to find the thing", `There is no thing ${config.id}.`, ["id"]);
    return { id: config.id, suffix: config.suffix ?? "", names: [`${stored.name}${config.suffix}`] };
  },
});

export const ticket = ephemeralResource<ExampleClient>()({
  schema: schema({
    description: "A ticket for one run.",
    attributes: {
      holder: required(string(), { description }),
      ticket: computed(string(), { description, sensitive: true }),
    },
  }),
  async open({ client, config }) {
    await writeFile(fileOf(client, "ticket"), config.holder);
    return {
      result: { holder: config.holder, ticket: `ticket of ${config.holder}` },
      renewAt: new Date(1_700_000_000_250),
      private: { holder: config.holder },
    };
  },
  renew: async (request) => ({ private: { ...request.private, renewed: true } }),
  async close({ client, private: { holder } }) {
    const stored = await readFile(fileOf(client, "ticket"), "utf8");
    if (stored !== holder) throw new Error("the ticket is another one's");
    await rm(fileOf(client, "ticket"));
  },
});

export const thingList = listResource<ExampleClient, ThingAttributes>()({
  schema: schema({
    description: "Lists things.",
    attributes: {
      name: optional(string(), { description, validate: [(name) => (name === "" ? "must not be empty" : undefined)] }),
    },
  }),
  async *list({ client, config, warn, signal, log }) {
    if (config.name === "endless") {
      signal.addEventListener("abort", () => log.info("The listing was given up"));
      for (let count = 0; ; count++) yield { displayName: `thing ${count}`, state: listed(String(count), "endless") };
    }
    for (const file of (await readdir(client.directory)).sort()) {
      const id = file.replace(/\.json$/, "");
      const stored = await load(client, id);
      if (stored === null) continue;
      if (config.name !== null && config.name !== stored.name) {
        warn({ summary: "Passed a thing by", detail: stored.name });
        continue;
      }
      if (stored.name === "broken") throw new DiagnosticError("Unable to list a thing", "It is broken.");
      yield { displayName: `the thing ${stored.name}`, state: { ...listed(id, stored.name), size: stored.size } };
    }
  },
});

function listed(id: string, name: string): Thing {
  const unread = { seed: null, secretWoVersion: null, behaviour: null, timeouts: null };
  return { id, name, size: 1, note: null, status: "listed", ...unread };
}

export const exampleProvider = provider({
  name: "example",
  version: "1.0.0",
  schema: schema({
    description: "Things in a directory.",
    attributes: {
      directory: required(string(), { description }),
      token: optional(string(), { description, sensitive: true }),
    },
  }),
  async configure({ config }): Promise<ExampleClient> {
    if (config.token === "wrong") throw new DiagnosticError("Wrong token", "The token was refused.", ["token"]);
    return { directory: config.directory };
  },
  resources: { example_thing: thing, example_fixed: fixed },
  dataSources: { example_things: things },
  ephemeralResources: { example_ticket: ticket },
  listResources: { example_thing: thingList },
});
