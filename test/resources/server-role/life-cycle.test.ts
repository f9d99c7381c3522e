import { serverRole } from "../../../src/resources/server-role";
import type { Client } from "../../../src/resources/shared/client";
import { type Simulator, startSimulator } from "../../../src/simulator";
import { clientFor, clientOf, TIME_SCALE } from "../../support/integration-server";
import { ResourceDriver } from "../../support/life-cycle";

const ROLE = { method: "PUT", path: "*/server/configuration/role" };
const PRIMARY = { role: "Primary" };

let simulator: Simulator;
let driver: ResourceDriver<(typeof serverRole)["schema"]["attributes"], Client>;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  driver = new ResourceDriver(serverRole, clientFor(clientOf(simulator)));
});
afterEach(() => simulator.stop());

test("create assigns the role to the server that is asked", async () => {
  expect(await driver.create(PRIMARY)).toEqual({ role: "Primary", id: simulator.address });
  expect(simulator.world.cluster.role).toBe("Primary");
});

test("a role that the server already has is a success", async () => {
  simulator.world.cluster.role = "Primary";

  await expect(driver.create(PRIMARY)).resolves.toMatchObject({ role: "Primary" });
});

test("a refusal of the role by a server that has it already is a success", async () => {
  simulator.world.cluster.role = "Primary";
  simulator.faults.add({ ...ROLE, fault: { kind: "status", status: 409 } });

  await expect(driver.create(PRIMARY)).resolves.toMatchObject({ role: "Primary" });
});

test("a reserve server refuses the role, and the error says where to de-register it", async () => {
  simulator.world.cluster.role = "Reserve";

  await expect(driver.create(PRIMARY)).rejects.toMatchObject({
    summary: `Unable to assign the role Primary to the Integration Server ${simulator.address}`,
    detail: expect.stringMatching(/409.*de-register it there/),
  });
});

test("a refusal that cannot be looked into is told with the reason for that", async () => {
  simulator.faults.add({ ...ROLE, fault: { kind: "status", status: 409 } });
  const times = Number.POSITIVE_INFINITY;
  simulator.faults.add({ method: "GET", path: "*/ha/instances", times, fault: { kind: "dropBefore" } });

  await expect(driver.create(PRIMARY)).rejects.toMatchObject({
    errors: [
      { summary: `Unable to assign the role Primary to the Integration Server ${simulator.address}` },
      { summary: "Unable to list the reserve servers" },
    ],
  });
});

test.each(["dropBefore", "dropAfter"] as const)("a lost answer (%s) is asked for once more", async (kind) => {
  simulator.faults.add({ ...ROLE, fault: { kind } });

  await expect(driver.create(PRIMARY)).resolves.toMatchObject({ role: "Primary" });
  expect(simulator.requests.count(ROLE)).toBe(2);
});

test("an answer that is lost twice is an error that says to apply again", async () => {
  simulator.faults.add({ ...ROLE, fault: { kind: "dropAfter" }, times: 2 });

  await expect(driver.create(PRIMARY)).rejects.toMatchObject({ detail: expect.stringContaining("Apply again") });
});

test("read keeps the state without a request", async () => {
  const state = await driver.create(PRIMARY);
  simulator.requests.clear();

  expect(await driver.read(state)).toEqual(state);
  expect(simulator.requests.all).toEqual([]);
});

test("the same configuration plans nothing", async () => {
  const state = await driver.create(PRIMARY);

  expect(await driver.plan(PRIMARY, state)).toMatchObject({ action: "no-op" });
});

test("delete sends nothing and says in one warning that the role stays", async () => {
  const state = await driver.create(PRIMARY);
  simulator.requests.clear();

  await driver.delete(state);

  expect(simulator.requests.all).toEqual([]);
  expect(driver.warnings.map(({ summary }) => summary)).toEqual([
    `The Integration Server ${simulator.address} keeps the role Primary`,
  ]);
});

test("import is refused with the reason", async () => {
  await expect(driver.import("Primary")).rejects.toMatchObject({
    detail: expect.stringMatching(/no way to read the role.*no need/),
  });
});
