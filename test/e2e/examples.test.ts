import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../src/simulator";
import { ADMIN_PASSWORD, environmentOf, TIME_SCALE } from "./support/configuration";
import { Workspace } from "./support/workspace";

let simulator: Simulator;
let workspace: Workspace;

beforeAll(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  workspace = await Workspace.create({
    env: {
      ...environmentOf(simulator),
      TF_VAR_vcenter_password: ADMIN_PASSWORD,
      TF_VAR_klconfig_password: "Klconfig-Passw0rd",
    },
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

  const idOf = (name: string) => simulator.world.svms.named(name).vm.id;
  expect(await workspace.outputs()).toEqual({
    vcenter_status: "CONNECTED",
    svm_ids: { "esx-01": idOf("svm-on-esx-01"), "esx-02": idOf("svm-on-esx-02") },
  });
});
