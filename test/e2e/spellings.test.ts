/** What is configured, and what the server makes of it, are the same however they are spelled. */
import { type Simulator, startSimulator } from "../../src/simulator";
import { certificate, environmentOf, infrastructure, PROVIDER, TIME_SCALE, VCENTER } from "./support/configuration";
import { Workspace } from "./support/workspace";

const CONNECTION = "ksvla_infrastructure.it";
const CERTIFICATE = "ksvla_trusted_certificate.it";
const RESERVE = "ksvla_reserve_server.it";

let simulator: Simulator;
let workspace: Workspace;

const configuration = (address: string, reserve: string) =>
  PROVIDER +
  certificate().replace(`${VCENTER}:443`, address) +
  infrastructure({ address, extra: `depends_on = [${CERTIFICATE}]` }) +
  `
resource "ksvla_reserve_server" "it" {
  address     = "${reserve}"
  password_wo = "Reserve-Passw0rd"
}`;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  simulator.world.cluster.role = "Primary";
  simulator.world.trust(...simulator.world.endpoints.keys());
  workspace = await Workspace.with(configuration(VCENTER, "viis-reserve.example.test"), {
    env: environmentOf(simulator),
  });
});
afterEach(async () => {
  workspace.dispose();
  await simulator.stop();
});

test.each(["upperCase", "withPort"] as const)(
  "what a server writes otherwise (%s) plans nothing, neither after apply nor after import",
  async (addresses) => {
    simulator.habits.addresses = addresses;
    await workspace.apply();
    expect((await workspace.plan()).code).toBe(0);

    const { id } = await workspace.values(CONNECTION);
    const { id: reserveId } = await workspace.values(RESERVE);
    await workspace.succeed(["state", "rm", CONNECTION, CERTIFICATE, RESERVE]);
    await workspace.import(CONNECTION, String(id));
    await workspace.import(CERTIFICATE, `https://${VCENTER.toUpperCase()}:443`);
    await workspace.import(RESERVE, String(reserveId));

    expect((await workspace.plan()).code).toBe(0);
  },
);

test("another spelling in the configuration plans nothing", async () => {
  await workspace.apply();
  workspace.write(configuration("VCenter.example.test.:443", "VIIS-reserve.example.test:7271"));

  expect((await workspace.plan()).code).toBe(0);
});
