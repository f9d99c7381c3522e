import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../src/simulator";
import { ADMIN_PASSWORD, environmentOf, TIME_SCALE, VCENTER } from "./support/configuration";
import { Workspace } from "./support/workspace";

jest.setTimeout(60_000);

let simulator: Simulator;
let workspace: Workspace;

beforeAll(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  workspace = await Workspace.create({
    env: { ...environmentOf(simulator), TF_VAR_vcenter_password: ADMIN_PASSWORD },
  });
});
afterAll(async () => {
  workspace.dispose();
  await simulator.stop();
});

test("examples/hcl is formatted, deploys as it is, and its outputs are those of the simulator's world", async () => {
  workspace.writeFile("main.tf", readFileSync(join(__dirname, "..", "..", "examples", "hcl", "main.tf"), "utf8"));
  await workspace.succeed(["fmt", "-check"]);
  await workspace.init();

  await workspace.apply();

  const esx01 = simulator.world.hypervisor(VCENTER).hosts[0];
  expect(await workspace.outputs()).toEqual({
    vcenter_status: "CONNECTED",
    network_id: esx01?.networks[0]?.id,
    storage_id: esx01?.storages[0]?.id,
  });
});
