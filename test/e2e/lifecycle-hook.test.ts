/** The user's commands around a resource's life, with the real Terraform. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundlePlugin } from "../../scripts/build/bundle-plugin";
import { startSimulator } from "../../src/simulator";
import { installNullProvider } from "../support/mirror";
import { App, STACK } from "./support/app";
import { ADMIN_PASSWORD, environmentOf, TIME_SCALE, VCENTER } from "./support/configuration";
import { flatten } from "./support/screen";

let folder: string;
let plugin: string;
let app: App;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "null-provider-"));
  plugin = join(folder, "plugin");
  await bundlePlugin({ root: join(__dirname, "..", ".."), entry: "test/support/null-provider.ts", outfile: plugin });
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => app.dispose());

/** The lines that the commands have written, with ids in place of the names of their variables. */
const ran = () => (existsSync(logFile()) ? readFileSync(logFile(), "utf8").split("\n").filter(Boolean) : []);
const logFile = () => join(app.directory, "ran.log");
const write = (event: string) => JSON.stringify(`echo "${event} \${NAME:-nothing}" >> "${logFile()}"`);

/** Where the hook is imported from, as users do. */
const HOOK = `const { LifecycleHook } = require("cdktf-ksvla/lifecycle-hook");`;

/** A resource of Terraform itself, which is updated in place by \`input\`, and a hook. */
interface Thing {
  readonly input?: string;
  readonly triggersReplace?: string;
  readonly hook: string;
}

async function deploy(thing: Thing): Promise<string> {
  await synthesize(thing);
  return app.terraform("apply", "-auto-approve");
}

async function synthesize({ input = "a", triggersReplace = "1", hook }: Thing): Promise<void> {
  app.define(`${HOOK}
    const resource = new cdktf.DataResource(this, "thing", { input: "${input}", triggersReplace: "${triggersReplace}" });
    new LifecycleHook(this, "hook", { resource, ${hook} });
  `);
  await app.synth();
}

/** @param hook Its props, which may name the app's folder. */
async function initialized(hook: () => string): Promise<void> {
  app = new App("");
  await synthesize({ hook: hook() });
  installNullProvider(app.stackPath("terraform.d", "plugins"), plugin);
  await app.terraform("init");
}

/** A hook on both ends that takes a name from the resource. */
const both = () => `afterCreate: ${write("after")}, beforeDestroy: ${write("before")},
  environment: { NAME: cdktf.Token.asString(resource.output) }`;

test("commands get attributes of an infrastructure after its creation and before its destruction", async () => {
  const simulator = await startSimulator({ timeScale: TIME_SCALE });
  try {
    app = new App("", { ...environmentOf(simulator), TF_VAR_VCENTER_PASSWORD: ADMIN_PASSWORD });
    app.define(`${HOOK}
    new ksvla.KsvlaProvider(this, "ksvla", { pollInterval: "50ms" });
    const resource = new ksvla.Infrastructure(this, "vcenter", {
      type: ksvla.InfrastructureType.VMWARE,
      address: "${VCENTER}",
      admin: { name: "admin", password: ksvla.Secret.fromVariable("VCENTER_PASSWORD", { version: "1" }) },
      trust: true,
    });
    new LifecycleHook(this, "hook", {
      resource,
      afterCreate: ${write("after")},
      beforeDestroy: ${write("before")},
      environment: { NAME: resource.id + " " + resource.status },
    });
    `);
    await app.synth();
    installNullProvider(app.stackPath("terraform.d", "plugins"), plugin);
    await app.terraform("init");

    await app.terraform("apply", "-auto-approve");
    const [id] = simulator.world.infrastructures.keys();
    expect(ran()).toEqual([`after ${id} CONNECTED`]);
    expect(app.readFile(`terraform.${STACK}.tfstate`)).not.toContain(ADMIN_PASSWORD);
    expect(await app.terraform("plan")).toContain("No changes");

    await app.terraform("destroy", "-auto-approve");
    expect(ran()).toEqual([`after ${id} CONNECTED`, `before ${id} CONNECTED`]);
    expect(simulator.world.infrastructures.size).toBe(0);
  } finally {
    await simulator.stop();
  }
});

test("commands run for a new resource and for changed triggers, not for an update in place", async () => {
  await initialized(both);
  const hook = both();
  await app.terraform("apply", "-auto-approve");
  expect(ran()).toEqual(["after a"]);

  await deploy({ hook, input: "b" });
  expect(ran()).toEqual(["after a"]);
  expect(await app.terraform("plan")).toContain("No changes");

  await deploy({ hook: `${hook}, triggers: { again: "1" }`, input: "b" });
  expect(ran()).toEqual(["after a", "before a", "after b"]);

  await deploy({ hook: `${hook}, triggers: { again: "1" }`, input: "c", triggersReplace: "2" });
  expect(ran()).toEqual(["after a", "before a", "after b", "before b", "after c"]);
});

test("a variable that is added later is empty before the destruction", async () => {
  await initialized(() => `beforeDestroy: "true"`);
  await app.terraform("apply", "-auto-approve");
  await synthesize({ hook: both() });

  await app.terraform("destroy", "-auto-approve");

  expect(ran()).toEqual(["before nothing"]);
});

test("a failed command is run again, alone, and one before the destruction keeps the resource", async () => {
  const succeedIf = (file: string) => JSON.stringify(`test -e "${join(app.directory, file)}"`);
  await initialized(() => `afterCreate: ${succeedIf("a")}, beforeDestroy: ${succeedIf("b")}`);
  const failure = await app.terraform("apply", "-auto-approve").catch(String);
  expect(flatten(failure)).toContain("Error: local-exec provisioner error");

  writeFileSync(join(app.directory, "a"), "");
  expect(await app.terraform("apply", "-auto-approve")).toContain("1 added, 0 changed, 1 destroyed");

  await expect(app.terraform("destroy", "-auto-approve")).rejects.toThrow("local-exec provisioner error");
  expect(await app.terraform("state", "list")).toContain("terraform_data.thing");
});

test("a failed command does not stop a deployment that continues", async () => {
  await initialized(() => `afterCreate: "false", onFailure: "continue"`);

  expect(await app.terraform("apply", "-auto-approve")).toContain("2 added");
});

test("what Terraform knows to be sensitive is refused by the plan", async () => {
  await initialized(
    () => `beforeDestroy: "true", environment: { NAME: cdktf.Token.asString(cdktf.Fn.sensitive("a")) }`,
  );

  const failure = await app.terraform("plan").catch(String);

  expect(flatten(failure)).toContain("The value of environment.NAME of a LifecycleHook is sensitive");
});
