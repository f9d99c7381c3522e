import { type Simulator, startSimulator } from "../../src/simulator";
import { environmentOf, infrastructure, PROVIDER, TIME_SCALE, VCENTER } from "./support/configuration";
import { Workspace } from "./support/workspace";

const RESOURCE = "ksvla_infrastructure.it";
const POSTED = { method: "POST", path: "/api/3.0/infrastructures" };

let simulator: Simulator;
let workspace: Workspace;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  simulator.world.trust(`${VCENTER}:443`, "nutanix.example.test:9440");
  workspace = await Workspace.with(PROVIDER + infrastructure(), { env: environmentOf(simulator) });
});
afterEach(async () => {
  workspace.dispose();
  await simulator.stop();
});

const connections = () => [...simulator.world.infrastructures.values()];

describe("life cycle", () => {
  test("apply waits for the connection, and the plan after it is empty", async () => {
    await workspace.apply();

    expect(connections()).toMatchObject([{ type: "VMWARE", address: VCENTER }]);
    expect(await workspace.values(RESOURCE)).toMatchObject({
      id: connections()[0]?.id,
      status: "CONNECTED",
      connection_error: "NO_ERROR",
      read_only_status: null,
    });
    expect((await workspace.plan()).code).toBe(0);
  });

  test("a changed timeout is an update that calls no API", async () => {
    await workspace.apply();
    workspace.write(PROVIDER + infrastructure({ extra: 'timeouts = { create = "20m" }' }));

    expect(await workspace.plannedActions()).toEqual({ [RESOURCE]: ["update"] });
    await workspace.apply();

    expect(simulator.requests.count(POSTED)).toBe(1);
    expect((await workspace.plan()).code).toBe(0);
  });

  test("a password version that is set for the first time is adopted in place", async () => {
    await workspace.apply();
    workspace.write(PROVIDER + infrastructure({ account: 'password_wo_version = "1"' }));

    expect(await workspace.plannedActions()).toEqual({ [RESOURCE]: ["update"] });
    await workspace.apply();

    expect(simulator.requests.count(POSTED)).toBe(1);
    expect((await workspace.plan()).code).toBe(0);
  });

  test("a changed password version replaces the connection with the new password", async () => {
    workspace.write(PROVIDER + infrastructure({ account: 'password_wo_version = "1"' }));
    await workspace.apply();
    simulator.world.hypervisor(VCENTER).accounts[0]!.password = "New-Passw0rd";
    workspace.write(PROVIDER + infrastructure({ password: "New-Passw0rd", account: 'password_wo_version = "2"' }));

    expect(await workspace.plannedActions()).toEqual({ [RESOURCE]: ["delete", "create"] });
    await workspace.apply();

    expect(connections()).toMatchObject([{ accounts: { admin: { password: "New-Passw0rd" } } }]);
  });

  test.each([
    ["account", infrastructure({ name: "viewer" })],
    ["address", infrastructure({ address: `${VCENTER}:8443` })],
    ["type", infrastructure({ type: "NUTANIXPRISM", address: "nutanix.example.test" })],
    [
      "read-only account",
      infrastructure({ extra: 'read_only = { name = "viewer", password_wo = "Viewer-Passw0rd" }' }),
    ],
  ])("another %s replaces the connection", async (_, configuration) => {
    await workspace.apply();
    workspace.write(PROVIDER + configuration);

    expect(await workspace.plannedActions()).toEqual({ [RESOURCE]: ["delete", "create"] });
  });

  test("destroy removes the connection", async () => {
    await workspace.apply();

    await workspace.destroy();

    expect(connections()).toEqual([]);
    expect(await workspace.state()).toEqual({});
  });

  test("destroy of a connection that is already gone succeeds", async () => {
    await workspace.apply();
    simulator.world.infrastructures.clear();

    await workspace.destroy("-refresh=false");

    expect(await workspace.state()).toEqual({});
  });
});

describe("import", () => {
  test("is followed by an empty plan", async () => {
    await workspace.apply();
    const { id } = await workspace.values(RESOURCE);
    await workspace.succeed(["state", "rm", RESOURCE]);

    await workspace.import(RESOURCE, String(id));

    expect((await workspace.plan()).output).toContain("No changes");
    expect(simulator.requests.count(POSTED)).toBe(1);
  });

  test("of an id that does not exist is refused", async () => {
    const { code, output } = await workspace.run(["import", RESOURCE, "7d4e4c9a-0000-4000-8000-000000000000"]);

    expect(code).toBe(1);
    expect(output).toContain("7d4e4c9a-0000-4000-8000-000000000000");
  });
});

describe("drift", () => {
  test("a connection that was removed behind Terraform's back is planned anew", async () => {
    await workspace.apply();
    simulator.world.infrastructures.clear();

    expect(await workspace.plannedActions()).toEqual({ [RESOURCE]: ["create"] });
    await workspace.apply();

    expect(connections()).toHaveLength(1);
  });

  test("a server that is not reachable is an error, never a lost resource", async () => {
    await workspace.apply();
    await simulator.stop();

    const { code, output } = await workspace.plan();

    expect(code).toBe(1);
    expect(output).toMatch(/no answer from/);
    expect(Object.keys(await workspace.state())).toEqual([RESOURCE]);
  });
});
