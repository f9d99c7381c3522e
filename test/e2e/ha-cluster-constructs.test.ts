import { type Simulator, startSimulator } from "../../src/simulator";
import { App, STACK } from "./support/app";
import { environmentOf, TIME_SCALE } from "./support/configuration";

const ADDRESS = "viis-reserve.example.test:7271";
const PASSWORD = "Reserve-Passw0rd";

let simulator: Simulator;
let app: App | undefined;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
});
afterEach(async () => {
  app?.dispose();
  await simulator.stop();
});

/** @param address A JavaScript expression. */
function deployable(address: string, env: NodeJS.ProcessEnv = {}): App {
  app = new App(reserve(address), { ...environmentOf(simulator), TF_VAR_RESERVE_PASSWORD: PASSWORD, ...env });
  return app;
}

function reserve(address: string, id = "reserve"): string {
  return `new ksvla.KsvlaProvider(this, "ksvla", { pollInterval: "50ms" });
    const variable = new cdktf.TerraformVariable(this, "address", { type: "string", default: "unused" });
    const reserve = new ksvla.ReserveServer(this, "${id}", {
      address: ${address},
      password: ksvla.Secret.fromVariable("RESERVE_PASSWORD", { version: "1" }),
      trust: true,
    });`;
}

test("one construct does the whole procedure, leaves no secret behind, and destroying it de-registers", async () => {
  const cluster = deployable('"viis-reserve.example.test"');

  await cluster.synth();
  await cluster.terraform("init");
  await cluster.terraform("apply", "-auto-approve");

  expect(simulator.world.cluster.role).toBe("Primary");
  expect(simulator.world.isTrusted(ADDRESS)).toBe(true);
  expect([...simulator.world.cluster.instances.values()]).toMatchObject([{ address: ADDRESS }]);
  expect(await cluster.terraform("plan")).toContain("No changes");
  for (const file of [`cdktf.out/stacks/${STACK}/cdk.tf.json`, `terraform.${STACK}.tfstate`]) {
    expect(cluster.readFile(file)).not.toContain(PASSWORD);
    expect(cluster.readFile(file)).not.toContain(Buffer.from(PASSWORD).toString("base64"));
  }

  const changes = () => simulator.requests.all.filter(({ method }) => method !== "GET").length;
  const before = changes();
  cluster.define(
    `${reserve('"viis-reserve.example.test"', "moved")} reserve.moveFromId("ksvla_reserve_server.reserve");`,
  );
  await cluster.synth();
  // Certificate and role as well.
  expect(await cluster.terraform("apply", "-auto-approve")).toContain("0 added, 0 changed, 0 destroyed");
  expect(changes()).toBe(before);

  await cluster.terraform("destroy", "-auto-approve");
  expect(simulator.world.cluster.instances.size).toBe(0);
});

test.each([
  ["viis-reserve.example.test", "variable.stringValue"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
  [ADDRESS, '"${var.address}"'],
])("an address that only Terraform knows (%s as %s) is trusted at its port", async (address, expression) => {
  const cluster = deployable(expression, { TF_VAR_address: address });

  await cluster.synth();
  await cluster.terraform("init");
  await cluster.terraform("apply", "-auto-approve");

  expect(simulator.world.trustRules).toMatchObject([{ address: ADDRESS }]);
  expect(simulator.world.cluster.instances.size).toBe(1);
});
