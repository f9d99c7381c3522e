/** With `ignore_changes`, Terraform plans with values from before, and yet hands the provider the whole configuration. */
import { type Simulator, startSimulator } from "../../src/simulator";
import { environmentOf, infrastructure, PROVIDER, TIME_SCALE } from "./support/configuration";
import { planned } from "./support/quick";
import { Workspace } from "./support/workspace";

let simulator: Simulator;
let workspace: Workspace;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  simulator.world.trust(...simulator.world.endpoints.keys());
  workspace = await Workspace.create({ env: environmentOf(simulator) });
});
afterEach(async () => {
  workspace.dispose();
  await simulator.stop();
});

const ignoring = (...names: readonly string[]) => `lifecycle { ignore_changes = [${names.join(", ")}] }`;

test("an ignored address of a reserve server is not sent with a new password", async () => {
  const reserve = (address: string, version: string) => `${PROVIDER}
resource "ksvla_reserve_server" "it" {
  address             = "${address}"
  password_wo         = "Reserve-Passw0rd"
  password_wo_version = "${version}"
  ${ignoring("address")}
}`;
  simulator.world.cluster.role = "Primary";
  workspace.write(reserve("viis-reserve.example.test", "1"));
  await workspace.init();
  await workspace.apply();
  workspace.write(reserve("viis-spare.example.test", "2"));

  expect(await planned(workspace)).toEqual({ "ksvla_reserve_server.it": "update" });
  await workspace.apply();

  expect(simulator.requests.filter({ method: "PUT", path: "*/ha/instances/*" }).map(({ body }) => body)).toEqual([
    expect.objectContaining({ address: "viis-reserve.example.test:7271" }),
  ]);
  expect((await workspace.plan()).code).toBe(0);
});

test("an ignored password of a reserve server is the configured one when another setting is sent", async () => {
  const reserve = (address: string) => `${PROVIDER}
resource "ksvla_reserve_server" "it" {
  address     = "${address}"
  password_wo = "Reserve-Passw0rd"
  ${ignoring("password_wo")}
}`;
  simulator.world.cluster.role = "Primary";
  workspace.write(reserve("viis-reserve.example.test"));
  await workspace.init();
  await workspace.apply();
  workspace.write(reserve("viis-spare.example.test"));

  await workspace.apply();

  expect([...simulator.world.cluster.instances.values()]).toMatchObject([
    { address: "viis-spare.example.test:7271", password: "Reserve-Passw0rd" },
  ]);
});

test("an ignored account of a connection does not keep other settings from changing", async () => {
  const connection = (name: string, version: string, create: string) =>
    PROVIDER +
    infrastructure({
      name,
      account: `password_wo_version = "${version}"`,
      extra: `timeouts = { create = "${create}" }\n${ignoring("admin")}`,
    });
  workspace.write(connection("admin", "1", "5m"));
  await workspace.init();
  await workspace.apply();
  workspace.write(connection("viewer", "2", "6m"));

  expect(await planned(workspace)).toEqual({ "ksvla_infrastructure.it": "update" });
  await workspace.apply();

  expect(await workspace.values("ksvla_infrastructure.it")).toMatchObject({
    admin: { name: "admin", password_wo_version: "1" },
    timeouts: { create: "6m" },
  });
  expect((await workspace.plan()).code).toBe(0);
});
