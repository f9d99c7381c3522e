/** The real Terraform with a provider that it did not start, as under a debugger. */
import { ksvla } from "../../src/provider";
import { type Simulator, startSimulator } from "../../src/simulator";
import { type Reattachable, serveReattached } from "../../src/terraform/plugin/reattach";
import { createProviderServer } from "../../src/terraform/server/create-provider-server";
import { memoryLog } from "../terraform/server/client";
import { certificate, environmentOf } from "./support/configuration";
import { Workspace } from "./support/workspace";

let simulator: Simulator;
let served: Reattachable;
let workspace: Workspace;

beforeEach(async () => {
  simulator = await startSimulator();
  const { log } = memoryLog();
  served = await serveReattached({
    address: "terraform.local/ksvla/ksvla",
    log,
    createServer: async () => createProviderServer(ksvla, { log }),
  });
  const env = { ...environmentOf(simulator), TF_REATTACH_PROVIDERS: served.value };
  workspace = await Workspace.create({ env, install: () => {} });
  Object.assign(process.env, environmentOf(simulator));
});
afterEach(async () => {
  for (const name of Object.keys(environmentOf(simulator))) delete process.env[name];
  workspace.dispose();
  served.close();
  await simulator.stop();
});

test("run after run, without an installed plugin", async () => {
  workspace.write(certificate());
  await workspace.init();
  await workspace.apply();
  expect((await workspace.plan()).code).toBe(0);
  await workspace.destroy();
  expect(await workspace.state()).toEqual({});
});
