/** The fleet of the guide to HCL on the bundled simulator, as it is: its names, and those that it gives, are free there. */
import { type Simulator, startSimulator } from "../../src/simulator";
import { ADMIN_PASSWORD } from "../e2e/support/configuration";
import { Workspace } from "../e2e/support/workspace";
import { configurationIn } from "../support/documents";

let simulator: Simulator;
let workspace: Workspace;

beforeAll(async () => {
  simulator = await startSimulator({ timeScale: 0.05 });
  const env = {
    KSVLA_ADDRESS: simulator.address,
    KSVLA_PASSWORD: simulator.password,
    KSVLA_THUMBPRINT: simulator.thumbprints.sha256,
    TF_VAR_vcenter_password: ADMIN_PASSWORD,
    TF_VAR_klconfig_password: "Klconfig-1",
  };
  workspace = await Workspace.create({ env });
  workspace.writeFile("main.tf", configurationIn("docs/guides/hcl.md"));
  await workspace.init();
});
afterAll(async () => {
  workspace?.dispose();
  await simulator.stop();
});

test("is applied, plans no change, and is destroyed", async () => {
  const { output } = await workspace.apply();
  expect(output).toMatch(/"esx-01" = "[\d.]+"\s+"esx-02" = "[\d.]+"/);
  expect(output).not.toContain("Warning");

  expect((await workspace.plan()).output).toContain("No changes");

  await workspace.destroy();
  expect(simulator.world.svms.all.map(({ vm }) => vm.name)).not.toContain("svm-esx-02");
});
