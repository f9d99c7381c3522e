import { execFileSync } from "node:child_process";
import { type Simulator, startSimulator } from "../../src/simulator";
import { until } from "../support/until";
import { environmentOf, infrastructure, PROVIDER, VCENTER } from "./support/configuration";
import { groupIsAlive } from "./support/run";
import { Workspace } from "./support/workspace";

const RESOURCE = "ksvla_infrastructure.it";

let simulator: Simulator;
let workspace: Workspace;

beforeEach(async () => {
  simulator = await startSimulator();
  simulator.world.trust(`${VCENTER}:443`);
  workspace = await Workspace.with(PROVIDER + infrastructure(), { env: environmentOf(simulator) });
});
afterEach(async () => {
  workspace.dispose();
  await simulator.stop();
});

/** Resolves when the provider waits for a connection, which from then on takes for ever. */
async function connecting(): Promise<void> {
  await until(() => simulator.requests.count({ method: "GET", path: "/api/3.0/infrastructures/*" }) > 0);
  for (const connection of simulator.world.infrastructures.values()) {
    connection.connectingUntil = new Date(Date.now() + 3_600_000);
  }
}

test("a killed Terraform leaves no plugin behind", async () => {
  const apply = workspace.start(["apply", "-auto-approve"]);
  await connecting();
  expect(pluginsIn(apply.pid)).toHaveLength(1);

  apply.kill("SIGKILL");

  await until(() => !groupIsAlive(apply.pid));
});

test("Ctrl-C while connecting keeps the connection's id, and the next apply puts things right", async () => {
  const apply = workspace.start(["apply", "-auto-approve"]);
  await connecting();

  apply.interrupt();
  const { code, output } = await apply.finished;

  expect(code).toBe(1);
  expect(output).toMatch(/interrupt/i);
  const [connection] = simulator.world.infrastructures.values();
  expect(await workspace.state()).toMatchObject({ [RESOURCE]: { tainted: true, values: { id: connection?.id } } });

  await workspace.apply();
  expect(simulator.world.infrastructures.size).toBe(1);
  expect((await workspace.plan()).code).toBe(0);
});

test("Ctrl-C while connecting ends what would go on for ever and leaves no process behind", async () => {
  const apply = workspace.start(["apply", "-auto-approve"]);
  await connecting();

  apply.interrupt();
  await apply.finished;

  expect(groupIsAlive(apply.pid)).toBe(false);
});

/** Process ids of the plugins in Terraform's process group. */
function pluginsIn(group: number): string[] {
  const processes = execFileSync("ps", ["-A", "-o", "pid=,pgid=,args="], { encoding: "utf8" });
  return processes
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, pgid, ...args]) => Number(pgid) === group && args.join(" ").includes("terraform-provider-ksvla"))
    .map(([pid = ""]) => pid);
}
