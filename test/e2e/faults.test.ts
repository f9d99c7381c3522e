import { type Simulator, startSimulator } from "../../src/simulator";
import { environmentOf, infrastructure, PROVIDER, TIME_SCALE, VCENTER } from "./support/configuration";
import { flatten } from "./support/screen";
import { Workspace } from "./support/workspace";

const INFRASTRUCTURES = "/api/3.0/infrastructures";

let simulator: Simulator;
let workspace: Workspace;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  simulator.world.trust(`${VCENTER}:443`);
  workspace = await Workspace.with(PROVIDER + infrastructure(), { env: environmentOf(simulator) });
});
afterEach(async () => {
  workspace.dispose();
  await simulator.stop();
});

test("a server that is busy for a moment is asked again", async () => {
  simulator.faults.add({
    method: "GET",
    path: `${INFRASTRUCTURES}/*`,
    times: 2,
    fault: { kind: "status", status: 503 },
  });

  await workspace.apply();

  expect(simulator.requests.count({ status: 503 })).toBe(2);
});

test("a POST that the server refuses as busy is not replayed", async () => {
  simulator.faults.add({ method: "POST", path: INFRASTRUCTURES, fault: { kind: "status", status: 503 } });

  const { output } = await workspace.failingApply();

  expect(flatten(output)).toMatch(/503/);
  expect(simulator.requests.count({ method: "POST", path: INFRASTRUCTURES })).toBe(1);
});

test("a connection whose answer is lost is neither duplicated nor unexplained", async () => {
  simulator.faults.add({ method: "POST", path: INFRASTRUCTURES, fault: { kind: "dropAfter" } });

  const { output } = await workspace.failingApply();

  expect(simulator.requests.count({ method: "POST", path: INFRASTRUCTURES })).toBe(1);
  expect(flatten(output)).toMatch(/answer/);
});

test("a rule whose answer is lost is found to have taken effect", async () => {
  simulator.world.trustRules.length = 0;
  simulator.faults.add({ method: "POST", path: "*/certificateValidator/rules", fault: { kind: "dropAfter" } });
  workspace.write(`${PROVIDER}\nresource "ksvla_trusted_certificate" "it" {\n  address = "${VCENTER}"\n}`);

  await workspace.apply();

  expect(simulator.world.trustRules).toHaveLength(1);
});
