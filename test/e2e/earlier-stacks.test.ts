/** A stack that an earlier version of this package synthesized and deployed, in the hands of the present one. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Simulator, startSimulator } from "../../src/simulator";
import { VERSION } from "../../src/version";
import { App } from "./support/app";
import { ADMIN_PASSWORD, environmentOf, TIME_SCALE } from "./support/configuration";
import { serve } from "./support/served-state";
import { Workspace } from "./support/workspace";

const FIXTURES = join(__dirname, "..", "fixtures");
const SOURCE = "terraform.local/ksvla/ksvla";
const PASSWORDS = { readOnly: "", klconfig: "Klconfig-S3cret", reserve: "" };
const SECRETS = { TF_VAR_VCENTER_PASSWORD: ADMIN_PASSWORD, TF_VAR_KLCONFIG_PASSWORD: PASSWORDS.klconfig };

describe.each(["0.1.0"])("a stack of version %s", (version) => {
  const read = (name: string) => readFileSync(join(FIXTURES, `stack-${version}`, name), "utf8");
  /** What the version's own plugin was called and is known by. */
  const plugin = join("terraform.d", "plugins", SOURCE, version, "linux_amd64", `terraform-provider-ksvla_v${version}`);
  const [, hash = "none"] = /"(h1:[^"]+)"/.exec(read("terraform.lock.hcl")) ?? [];

  let simulator: Simulator;
  let env: NodeJS.ProcessEnv;
  const disposables: { dispose(): void }[] = [];
  beforeEach(async () => {
    simulator = await startSimulator({ timeScale: TIME_SCALE });
    serve(simulator, read("state.json"), PASSWORDS);
    env = { ...environmentOf(simulator), ...SECRETS, TF_INPUT: "0" };
  });
  afterEach(async () => {
    for (const each of disposables.splice(0)) each.dispose();
    await simulator.stop();
  });

  /** What was asked that is no question. */
  const changes = () => simulator.requests.all.filter(({ method }) => method !== "GET").map(({ path }) => path);

  test("synthesized again, in the same folder, gets the present plugin into its lock file and plans nothing", async () => {
    const app = new App(read("stack.js"), env);
    disposables.push(app);
    const files = {
      "cdk.tf.json": read("cdk.tf.json"),
      ".terraform.lock.hcl": read("terraform.lock.hcl"),
      [plugin]: "",
    };
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(app.stackPath(name)), { recursive: true });
      writeFileSync(app.stackPath(name), content);
    }
    app.writeFile("terraform.stack.tfstate", read("state.json"));

    await app.synth();
    expect(await app.terraform("init")).toContain(`${SOURCE} v${VERSION}`);

    const locked = readFileSync(app.stackPath(".terraform.lock.hcl"), "utf8");
    expect(locked).toContain(`version     = "${VERSION}"`);
    expect(locked).not.toContain(hash);
    expect(await app.terraform("plan")).toContain("No changes.");
    expect(changes()).toEqual([]);
  });

  test("as it was synthesized, with the present plugin beside it, plans nothing", async () => {
    const workspace = await Workspace.create({ env });
    disposables.push(workspace);
    workspace.writeFile(
      "cdk.tf.json",
      read("cdk.tf.json").replace(`"version": "${version}"`, `"version": "${VERSION}"`),
    );
    workspace.writeFile("terraform.tfstate", read("state.json"));
    await workspace.init();

    expect(await workspace.plan()).toMatchObject({ code: 0 });
    expect(changes()).toEqual([]);
  });
});
