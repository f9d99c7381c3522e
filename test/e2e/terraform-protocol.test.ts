/** What the real Terraform makes of src/terraform, shown with a provider that knows nothing of SVMs. */
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, watch } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundlePlugin } from "../../scripts/build/bundle-plugin";
import { installPackage } from "../support/mirror";
import { flatten } from "./support/screen";
import { Workspace } from "./support/workspace";

const SOURCE = "terraform.local/test/example";
const SECRET = "open-sesame-7351";
const THING = "example_thing.it";

let folder: string;
let plugin: string;
let workspace: Workspace;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "example-plugin-"));
  plugin = join(folder, "plugin");
  await bundlePlugin({
    root: join(__dirname, "..", ".."),
    entry: "test/support/example-provider-plugin.ts",
    outfile: plugin,
  });
});
afterAll(() => rm(folder, { recursive: true }));

beforeEach(async () => {
  workspace = await Workspace.create({ install: (directory) => installPackage(directory, SOURCE, "1.0.0", plugin) });
  await mkdir(things());
  define();
  await workspace.init();
});
afterEach(() => workspace.dispose());

/** Where the provider keeps its things. */
const things = () => join(workspace.directory, "things");

function define(resources = thing(), directory = '"things"'): void {
  workspace.writeFile(
    "main.tf",
    `terraform {
  required_providers {
    example = {
      source = "${SOURCE}"
    }
  }
}
provider "example" {
  directory = ${directory}
  token     = "${SECRET}"
}
${resources}
`,
  );
}

/** `example_thing.it` */
function thing(args = ""): string {
  return `
resource "example_thing" "it" {
  name      = "a"
  secret_wo = "${SECRET}"
  ${args}
}
`;
}

describe("a life cycle", () => {
  test("apply, an empty plan, an update in place, a replacement, destroy", async () => {
    await workspace.apply();
    const first = await workspace.values(THING);
    expect(first).toMatchObject({ name: "a", size: 1, status: "ready", secret_wo: null });
    expect((await workspace.plan()).code).toBe(0);

    define(thing("size = 2"));
    expect(await workspace.plannedActions()).toEqual({ [THING]: ["update"] });
    await workspace.apply();
    expect(await workspace.values(THING)).toMatchObject({ id: first["id"], size: 2, status: "updated" });
    expect((await workspace.plan()).code).toBe(0);

    define(thing('seed = "s"').replace('"a"', '"b"'));
    expect(await workspace.plannedActions()).toEqual({ [THING]: ["delete", "create"] });
    await workspace.apply();
    expect((await workspace.values(THING))["id"]).not.toBe(first["id"]);
    expect((await workspace.plan()).code).toBe(0);

    expect(flatten((await workspace.destroy()).output)).toContain("Warning: Deleting a thing");
    expect(readdirSync(things())).toEqual([]);
  });

  test("changed timeouts are stored without an update", async () => {
    await workspace.apply();
    define(thing('timeouts = { create = "5m" }'));
    const { output } = await workspace.apply();
    expect(output).toContain("1 changed");
    expect(await workspace.values(THING)).toMatchObject({ status: "ready", timeouts: { create: "5m" } });
    expect((await workspace.plan()).code).toBe(0);
  });

  test("an object that is gone is planned anew", async () => {
    await workspace.apply();
    const { id } = await workspace.values(THING);
    await rm(join(things(), `${id}.json`));
    expect(await workspace.plannedActions()).toEqual({ [THING]: ["create"] });
  });

  test("import, and a plan that only adopts what cannot be read", async () => {
    define(thing('seed = "s"'));
    await workspace.apply();
    const { id } = await workspace.values(THING);
    await workspace.succeed(["state", "rm", THING]);
    await workspace.import(THING, String(id));
    expect(await workspace.plannedActions()).toEqual({ [THING]: ["update"] });
    await workspace.apply();
    expect(await workspace.values(THING)).toMatchObject({ id, seed: "s", status: "imported" });
    expect((await workspace.plan()).code).toBe(0);
  });

  test("an attribute that the schema has no more is dropped from the state", async () => {
    await workspace.apply();
    const state = workspace.readFile("terraform.tfstate").replace('"note":', '"dropped": {"deep": [1]}, "note":');
    workspace.writeFile("terraform.tfstate", state);
    expect((await workspace.plan()).code).toBe(0);
  });

  test("a moved block takes over the state of a type that the resource knows", async () => {
    define('resource "example_fixed" "it" { text = "a" }');
    await workspace.apply();
    const { id } = await workspace.values("example_fixed.it");
    workspace.writeFile(`things/${id}.json`, JSON.stringify({ name: "a", size: 1, note: null }));
    define(`${thing()}
moved {
  from = example_fixed.it
  to   = ${THING}
}
`);
    expect(await workspace.plannedActions()).toEqual({ [THING]: ["no-op"] });
  });

  test("a moved block from a type that the resource does not know is refused", async () => {
    define(thing());
    await workspace.apply();
    define(`
resource "example_fixed" "it" { text = "a" }
moved {
  from = ${THING}
  to   = example_fixed.it
}
`);
    expect(flatten((await workspace.plan()).output)).toContain("Error: Unable to move the resource");
  });
});

describe("a failure", () => {
  test("before anything exists leaves nothing behind", async () => {
    define(thing('behaviour = "refuse"'));
    const { output } = await workspace.failingApply();
    expect(flatten(output)).toMatch(
      /Error: Unable to create the thing with .* on main\.tf .* name = "a" It was refused\./,
    );
    expect(await workspace.state()).toEqual({});
  });

  test("after something exists keeps it as tainted, without the secret in the message", async () => {
    define(thing('behaviour = "fail late"'));
    const { output } = await workspace.failingApply();
    expect(flatten(output)).toContain("Error: Unexpected error");
    expect(output).not.toContain(SECRET);
    const { id } = await workspace.values(THING);
    expect(await workspace.state()).toMatchObject({ [THING]: { tainted: true, values: { name: "a", status: null } } });
    expect(readdirSync(things())).toEqual([`${id}.json`]);

    define();
    await workspace.apply();
    expect(readdirSync(things())).toHaveLength(1);
    expect((await workspace.plan()).code).toBe(0);
  });

  test("of an update keeps what was saved", async () => {
    await workspace.apply();
    define(thing('size = 2\n  note = "n"\n  behaviour = "fail late"'));
    await workspace.failingApply();
    expect(await workspace.state()).toMatchObject({ [THING]: { values: { size: 2, note: null, status: "ready" } } });
    expect((await workspace.state())[THING]).not.toHaveProperty("tainted");
  });

  test("of a deletion keeps the object", async () => {
    define(thing('behaviour = "undeletable"'));
    await workspace.apply();
    const { code, output } = await workspace.run(["destroy", "-auto-approve"]);
    expect(code).toBe(1);
    expect(output).toContain("Unable to delete the thing");
    expect(await workspace.state()).toHaveProperty([THING]);
  });

  test("by timeout names the bound and keeps the object", async () => {
    define(thing('behaviour = "hang"\n  timeouts  = { create = "100ms" }'));
    const { output } = await workspace.failingApply();
    expect(flatten(output)).toMatch(/Timeout during create .*did not finish within 100ms, the configured timeout/);
    expect(await workspace.state()).toMatchObject({ [THING]: { tainted: true, values: { id: expect.any(String) } } });
  });

  test("by Ctrl-C keeps the object", async () => {
    define(thing('behaviour = "hang"'));
    const apply = workspace.start(["apply", "-auto-approve"]);
    await created();
    apply.interrupt();
    const { code, output } = await apply.finished;
    expect({ code, output: flatten(output) }).toEqual({
      code: 1,
      output: expect.stringContaining("Error: Interrupted"),
    });
    expect(await workspace.state()).toMatchObject({ [THING]: { tainted: true, values: { id: expect.any(String) } } });
  });
});

/** Resolves when the provider has stored a thing. */
async function created(): Promise<void> {
  // The file is there before it has its content.
  const complete = (name: string) => readFileSync(join(things(), name), "utf8").endsWith("}");
  for await (const _ of watch(things())) if (readdirSync(things()).some(complete)) return;
}

describe("a configuration", () => {
  test("with a problem is refused at its attribute", async () => {
    define(thing().replace('"a"', '""'));
    const { code, output } = await workspace.run(["validate"]);
    expect({ code, output: flatten(output) }).toEqual({
      code: 1,
      output: expect.stringMatching(/on main\.tf line \d+, .* name = "" name: The value must not be empty\./),
    });
  });

  test("of the provider that is not known yet plans what needs no client", async () => {
    define(`resource "terraform_data" "directory" { input = "things" } ${thing()}`, "terraform_data.directory.output");
    expect((await workspace.plan()).code).toBe(2);
    await workspace.apply();
    expect(await workspace.values(THING)).toMatchObject({ status: "ready" });
  });

  test("reads data sources and ephemeral resources", async () => {
    define(`
ephemeral "example_ticket" "it" { holder = "me" }
resource "example_thing" "it" {
  name              = "a"
  secret_wo         = ephemeral.example_ticket.it.ticket
}
data "example_things" "it" { id = example_thing.it.id }
output "names" { value = data.example_things.it.names }
`);
    await workspace.apply();
    expect(await workspace.outputs()).toEqual({ names: ["a!"] });
    const { id } = await workspace.values(THING);
    const stored = JSON.parse(readFileSync(join(things(), `${id}.json`), "utf8"));
    expect(stored.secretLength).toBe("ticket of me".length);
    expect(readdirSync(things())).toEqual([`${id}.json`]);
  });
});

test("a TRACE log has the provider's lines as its own, and no secret", async () => {
  const { output } = await workspace.succeed(["apply", "-auto-approve"], { TF_LOG_PROVIDER: "TRACE" });
  expect(output).toMatch(/\[TRACE\] provider\.\S+: Received request: .*rpc=applyResourceChange/);
  expect(output).toMatch(/\[DEBUG\] provider\.\S+: Answered request: .*milliseconds=\d+/);
  expect(output).not.toContain(SECRET);
});
