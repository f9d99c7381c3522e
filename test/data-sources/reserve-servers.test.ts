import { reserveServers } from "../../src/data-sources/reserve-servers/read";
import { type Simulator, startSimulator } from "../../src/simulator";
import { clientFor, clientOf } from "../support/integration-server";
import { DataSourceDriver } from "../support/life-cycle";

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator();
});
afterEach(() => simulator.stop());

const read = () => new DataSourceDriver(reserveServers, clientFor(clientOf(simulator))).read({});

test("without a registration there is none", async () => {
  simulator.world.cluster.role = "Primary";

  expect(await read()).toEqual({ reserveServers: [] });
});

test("what is registered is told without waiting, also when it is not connected", async () => {
  const { cluster } = simulator.world;
  cluster.role = "Primary";
  const createdAt = new Date("2026-01-02T03:04:05Z");
  const connectingUntil = new Date(0);
  cluster.instances.set("1", { id: "1", address: "nobody:7271", password: "", createdAt, connectingUntil });

  expect(await read()).toEqual({
    reserveServers: [
      {
        id: "1",
        address: "nobody:7271",
        role: "Reserve",
        status: "Disconnected",
        connectionError: "NetworkError",
        createdAt: createdAt.toISOString(),
      },
    ],
  });
});

test("a server that is not the primary one says how to assign the role", async () => {
  await expect(read()).rejects.toMatchObject({
    summary: "Unable to list the reserve servers",
    detail: expect.stringContaining("ksvla_server_role"),
  });
});
